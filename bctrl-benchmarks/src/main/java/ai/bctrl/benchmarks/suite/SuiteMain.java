package ai.bctrl.benchmarks.suite;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the class of tests that its argument names, and writes a line for each test into the file {@link Suite#TIMES}: when it
 * started, when its page could be used and when it ended, in nanoseconds; or {@code failed} and why. Needs nothing but JUnit, so
 * that peers with class paths of their own can be run too.
 */
public final class SuiteMain {
    private SuiteMain() {}

    /** Runs the tests; the JVM ends with 0, or with 1 if one failed. */
    public static void main(String[] arguments) throws IOException {
        Times times = new Times();
        String threads = System.getProperty(Suite.THREADS, "1");
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(arguments[0]))
                                    .configurationParameter(
                                            "junit.jupiter.execution.parallel.enabled",
                                            Boolean.toString(!threads.equals("1")))
                                    .configurationParameter(
                                            "junit.jupiter.execution.parallel.mode.default", "concurrent")
                                    .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                                    .configurationParameter(
                                            "junit.jupiter.execution.parallel.config.fixed.parallelism", threads)
                                    .configurationParameter(
                                            "junit.jupiter.execution.parallel.config.fixed.max-pool-size", threads)
                                    .build(),
                            times);
        }
        Files.write(Path.of(System.getProperty(Suite.TIMES)), times.lines());
        System.exit(times.hasFailed() ? 1 : 0);
    }

    /** Thread-safe. */
    private static final class Times implements TestExecutionListener {
        private final Map<String, Long> started = new LinkedHashMap<>();
        private final Map<String, Long> usable = new LinkedHashMap<>();
        private final List<String> lines = new ArrayList<>();
        private boolean failed;

        @Override
        public synchronized void executionStarted(TestIdentifier test) {
            started.put(test.getUniqueId(), System.nanoTime());
        }

        @Override
        public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            String time = entry.getKeyValuePairs().get(Suite.USABLE);
            if (time != null) {
                usable.put(test.getUniqueId(), Long.parseLong(time));
            }
        }

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            long end = System.nanoTime();
            result.getThrowable().ifPresent(failure -> {
                failed = true;
                lines.add("failed " + test.getDisplayName() + ": "
                        + String.valueOf(failure).replaceAll("\\s+", " "));
            });
            Long page = usable.get(test.getUniqueId());
            Long start = started.get(test.getUniqueId());
            if (test.isTest() && page != null && start != null) {
                lines.add(start + " " + page + " " + end);
            }
        }

        synchronized boolean hasFailed() {
            return failed;
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
