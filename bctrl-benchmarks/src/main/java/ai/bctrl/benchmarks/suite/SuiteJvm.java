package ai.bctrl.benchmarks.suite;

import ai.bctrl.benchmarks.measure.Median;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a suite in a JVM of its own. Immutable.
 *
 * @param testClass name of the class of tests
 * @param classPath what it needs
 * @param options of the JVM, such as {@code -XX:TieredStopAtLevel=1}
 * @param properties further system properties, such as settings of bctrl
 * @param directory where files of the JVM are made
 */
public record SuiteJvm(
        String testClass,
        List<String> classPath,
        List<String> options,
        Map<String, String> properties,
        Path directory) {
    private static final long LIMIT_MINUTES = 10;
    private static final String PACKAGE = SuiteJvm.class.getPackageName() + ".";

    /** Copies the collections. */
    public SuiteJvm {
        classPath = List.copyOf(classPath);
        options = List.copyOf(options);
        properties = Map.copyOf(properties);
    }

    /**
     * {@return one of this module's suites}
     *
     * @param name simple name of its class
     */
    public static SuiteJvm of(String name, List<String> options, Map<String, String> properties, Path directory) {
        return new SuiteJvm(
                PACKAGE + name,
                List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)),
                options,
                properties,
                directory);
    }

    /**
     * How long it took.
     *
     * @param wallMillis from the start of the JVM to its end
     * @param tests of each test, in the order of their ends
     */
    public record Times(double wallMillis, List<TestTime> tests) {
        /** Copies the list. */
        public Times {
            tests = List.copyOf(tests);
        }

        /** {@return the median time of a test, without the first one of each thread, in milliseconds} */
        public double testMillis(int threads) {
            return Median.of(settled(threads).stream().map(TestTime::testMillis).toList());
        }

        /** {@return the median time until a test has a page it can use, without the first ones, in milliseconds} */
        public double usableMillis(int threads) {
            return Median.of(
                    settled(threads).stream().map(TestTime::usableMillis).toList());
        }

        private List<TestTime> settled(int threads) {
            return tests.size() > threads ? tests.subList(threads, tests.size()) : tests;
        }
    }

    /**
     * How long one test took.
     *
     * @param usableMillis until it had a page that it could use
     * @param testMillis until its browser was given back
     */
    public record TestTime(double usableMillis, double testMillis) {}

    /**
     * Runs it.
     *
     * @param tests how many tests
     * @param threads on how many threads
     * @throws IOException if a test failed or the JVM did not end; the message has the end of what it wrote
     */
    public Times run(int tests, int threads) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path times = Files.createTempFile(directory, "times-", ".txt");
        Path log = Files.createTempFile(directory, "suite-", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(options);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-D" + Suite.TESTS + "=" + tests);
        command.add("-D" + Suite.THREADS + "=" + threads);
        command.add("-D" + Suite.TIMES + "=" + times);
        command.addAll(
                List.of("-cp", String.join(File.pathSeparator, classPath), SuiteMain.class.getName(), testClass));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        long start = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        double wall = (System.nanoTime() - start) / 1e6;
        if (!ended) {
            process.destroyForcibly();
            throw new IOException("the JVM did not end within " + LIMIT_MINUTES + " minutes; see " + log);
        }
        List<String> lines = Files.readAllLines(times);
        List<TestTime> taken = lines.stream()
                .filter(line -> !line.startsWith("failed"))
                .map(SuiteJvm::time)
                .toList();
        if (process.exitValue() != 0 || taken.size() != tests) {
            throw new IOException(lines.stream()
                    .filter(line -> line.startsWith("failed"))
                    .findFirst()
                    .orElse(tail(log)));
        }
        Files.delete(times);
        Files.delete(log);
        return new Times(wall, taken);
    }

    private static TestTime time(String line) {
        String[] words = line.split(" ", -1);
        long start = Long.parseLong(words[0]);
        return new TestTime((Long.parseLong(words[1]) - start) / 1e6, (Long.parseLong(words[2]) - start) / 1e6);
    }

    private static String tail(Path log) throws IOException {
        String text = Files.readString(log).strip();
        return "the JVM failed: "
                + text.substring(Math.max(0, text.length() - 250)).replaceAll("\\s+", " ");
    }
}
