package ai.bctrl.conformance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class path of this test with another JUnit in place of its own. Stateless. */
final class JUnitJars {
    private static final Pattern JUNITS_OWN =
            Pattern.compile(".*/(junit-(jupiter|platform)|opentest4j|apiguardian|open-test-reporting).*\\.jar");

    private JUnitJars() {}

    /** {@return the class path; Maven fetches what is missing} */
    static String classPath(String version, Path directory) throws IOException, InterruptedException {
        Path project = Files.createDirectories(directory.resolve("junit-" + version));
        try (InputStream build = JUnitJars.class.getResourceAsStream("junit.xml")) {
            Files.write(
                    project.resolve("pom.xml"), Objects.requireNonNull(build).readAllBytes());
        }
        Path jars = project.resolve("jars.txt");
        int exit = ChildProcess.run(
                List.of(
                        maven(),
                        "-B",
                        "-ntp",
                        "-q",
                        "-Dmaven.repo.local=" + setting("bctrl.conformance.repository"),
                        "-Djunit.version=" + version,
                        "-Dmdep.outputFile=" + jars,
                        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath"),
                project,
                project.resolve("build.log"));
        if (exit != 0) {
            throw new AssertionError("the jars of JUnit " + version + " cannot be had:\n"
                    + Files.readString(project.resolve("build.log")));
        }
        String ours = Arrays.stream(setting("surefire.test.class.path").split(File.pathSeparator))
                .filter(entry -> !JUNITS_OWN.matcher(entry.replace('\\', '/')).matches())
                .collect(Collectors.joining(File.pathSeparator));
        return ours + File.pathSeparator + Files.readString(jars).strip();
    }

    private static String maven() {
        String windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows") ? ".cmd" : "";
        return Path.of(setting("bctrl.conformance.maven"), "bin", "mvn" + windows)
                .toString();
    }

    static String setting(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is missing: run this test with Failsafe");
    }
}
