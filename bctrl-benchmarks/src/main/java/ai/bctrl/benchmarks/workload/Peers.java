package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Variant;
import ai.bctrl.benchmarks.suite.Suite;
import ai.bctrl.benchmarks.suite.SuiteJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Peers that need libraries of their own, which {@code ./bctrl bench} builds apart from everything else and names by the system
 * property {@value #CLASS_PATH}. Stateless.
 */
final class Peers {
    static final String SELENIUM = "Selenium-Jupiter, chromedriver";
    static final String TESTCONTAINERS = "Testcontainers, Selenium image";

    /** The class path of the peers; empty or missing where they were not built. */
    static final String CLASS_PATH = "bctrl.bench.peers";

    private static final String IMAGE = "selenium/standalone-chromium";

    private Peers() {}

    /**
     * One of them.
     *
     * @param lacks why it cannot be measured here, or null
     */
    record Peer(
            String name,
            String testClass,
            @Nullable String lacks,
            Map<String, String> properties,
            BenchContext context) {
        Variant variant(Map<String, String> common, int tests, int threads, Suites.Metrics metrics) {
            if (lacks != null) {
                return Variant.without(name, lacks);
            }
            Map<String, String> all = new LinkedHashMap<>(common);
            all.putAll(properties);
            List<String> classPath = new ArrayList<>(List.of(paths(System.getProperty(CLASS_PATH, ""))));
            // Only the classes of the suite itself, which need nothing but JUnit.
            classPath.add(paths(System.getProperty("java.class.path"))[0]);
            SuiteJvm jvm = new SuiteJvm(testClass, classPath, context.jvm(), all, context.work());
            return Variant.of(name, () -> metrics.of(jvm.run(tests, threads)));
        }
    }

    private static String[] paths(String classPath) {
        return classPath.split(File.pathSeparator, -1);
    }

    /** {@return all, by their names} */
    static Map<String, Peer> all(BenchContext context) {
        String built = System.getProperty(CLASS_PATH, "").isBlank()
                ? "its libraries were not built; ./bctrl bench does that"
                : null;
        String driver = program("chromedriver");
        String withoutDriver = driver == null ? "no chromedriver on the PATH" : null;
        String packageName = "ai.bctrl.benchmarks.peers.";
        return Map.of(
                SELENIUM,
                new Peer(
                        SELENIUM,
                        packageName + "SeleniumCases",
                        built == null ? withoutDriver : built,
                        driver == null ? Map.of() : offline(context.work(), driver),
                        context),
                TESTCONTAINERS,
                new Peer(
                        TESTCONTAINERS,
                        packageName + "TestcontainersCases",
                        built == null ? withoutDocker() : built,
                        Map.of(),
                        context));
    }

    /** Has Selenium-Jupiter take the driver of this machine, without asking the network which one fits. */
    private static Map<String, String> offline(Path work, String driver) {
        String version =
                said(driver, "--version").replaceAll("^\\D*([0-9.]+).*", "$1").strip();
        Path cache = work.resolve("selenium");
        Path link = cache.resolve(Path.of("chromedriver", "linux64", version, "chromedriver"));
        try {
            Files.createDirectories(cache.resolve(Path.of("chromedriver", "linux64", version)));
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(driver));
        } catch (IOException failed) {
            return Map.of();
        }
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "wdm.cachePath",
                cache.toString(),
                "wdm.chromeDriverVersion",
                version,
                "wdm.avoidBrowserDetection",
                "true",
                "wdm.avoidExternalConnections",
                "true"));
        String whole = program("chromium");
        if (whole != null) {
            // To end the headless shell takes chromedriver 20 s; the whole Chromium of the same version goes at once.
            properties.put(Suite.CHROMIUM, whole);
        }
        return properties;
    }

    private static String said(String... command) {
        try (InputStream text = new ProcessBuilder(command).start().getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException unusable) {
            return "";
        }
    }

    private static @Nullable String program(String name) {
        for (String directory : paths(String.valueOf(System.getenv("PATH")))) {
            Path file = Path.of(directory, name);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return null;
    }

    private static @Nullable String withoutDocker() {
        if (program("docker") == null) {
            return "Docker is not installed";
        }
        if (!succeeds("docker", "info")) {
            return "no Docker engine answers";
        }
        return succeeds("docker", "image", "inspect", IMAGE) ? null : "the engine has no image " + IMAGE;
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException unusable) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
