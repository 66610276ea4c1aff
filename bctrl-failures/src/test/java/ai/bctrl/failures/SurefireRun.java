package ai.bctrl.failures;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Maven build of its own that runs tests with a given JUnit. It gets our classes as they are, on the class path, so that
 * nothing has to be installed; only JUnit itself is its own.
 *
 * @param junit the version of JUnit
 * @param reruns how often Surefire runs a test again that failed
 * @param forks how many JVMs run at the same time
 * @param reuse whether a JVM runs more than one class
 * @param threads how many tests of one JVM run at the same time
 */
record SurefireRun(String junit, int reruns, int forks, boolean reuse, int threads) {
    private static final Pattern JUNITS_OWN =
            Pattern.compile(".*/(junit-(jupiter|platform)|opentest4j|apiguardian).*\\.jar");
    private static final long LONGEST_MINUTES = 8;

    /** Runs the classes that match Surefire's pattern. */
    SurefireResult run(String tests, String... more) throws IOException, InterruptedException {
        Path project = emptyProject();
        Path log = project.resolve("build.log");
        List<String> command = new ArrayList<>(List.of(
                maven(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + setting("bctrl.failures.repository"),
                "-Djunit.version=" + junit,
                "-Dsuite.classes=" + setting("bctrl.failures.classes"),
                "-Dmaven.test.additionalClasspath=" + classPath(),
                "-Dsurefire.rerunFailingTestsCount=" + reruns,
                "-DforkCount=" + forks,
                "-DreuseForks=" + reuse,
                "-Dthreads=" + threads,
                "-Dtest=" + tests));
        command.addAll(Arrays.asList(more));
        command.add("surefire:test");
        ProcessBuilder build = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Dozens of failures at a time: making their videos would take longer than all the rest.
        build.environment().put("BCTRL_EVIDENCE_RECORDING", "OFF");
        Process process = build.start();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            List<ProcessHandle> all = process.descendants().collect(Collectors.toCollection(ArrayList::new));
            all.add(process.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            throw new AssertionError("the build " + this + " takes too long; see " + log);
        }
        return new SurefireResult(project, process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    private Path emptyProject() throws IOException {
        Path runs = Files.createDirectories(Path.of(setting("bctrl.failures.runs")));
        Path project = Files.createTempDirectory(
                runs, junit + "-" + reruns + "-" + forks + (reuse ? "-reuse-" : "-fresh-") + threads + "-");
        try (InputStream build = SurefireRun.class.getResourceAsStream("build.xml")) {
            Files.copy(Objects.requireNonNull(build), project.resolve("pom.xml"));
        }
        Files.createDirectory(project.resolve("target"));
        return project;
    }

    private static String maven() {
        String windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows") ? ".cmd" : "";
        return Path.of(setting("bctrl.failures.maven"), "bin", "mvn" + windows).toString();
    }

    private static String classPath() {
        return Arrays.stream(setting("surefire.test.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> !JUNITS_OWN.matcher(entry.replace('\\', '/')).matches())
                .collect(Collectors.joining(","));
    }

    private static String setting(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is missing: run this test with Failsafe");
    }
}
