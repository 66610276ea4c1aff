package ai.bctrl.failures;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes inside a test, each time in a launcher session of its own.
 *
 * @param evidence where the runs are kept
 * @param parameters the settings
 */
record LauncherRun(Path evidence, Map<String, String> parameters) {
    LauncherRun(Path evidence) {
        this(evidence, Map.of("bctrl.evidenceDirectory", evidence.toString(), "bctrl.local.no-sandbox", "true"));
    }

    LauncherRun with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(key, value);
        return new LauncherRun(evidence, Map.copyOf(more));
    }

    /** {@return how the tests of the classes ended} */
    Ended of(Class<?>... classes) {
        Ended ended = new Ended();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(Arrays.stream(classes)
                                            .map(type -> selectClass(type))
                                            .toArray(ClassSelector[]::new))
                                    .configurationParameters(parameters)
                                    .configurationParameter(
                                            "junit.platform.reporting.output.dir",
                                            evidence.resolveSibling("published").toString())
                                    .build(),
                            ended);
        }
        return ended;
    }

    /** What JUnit tells of the tests; containers count where they do not succeed. */
    static final class Ended implements TestExecutionListener {
        private record Result(TestIdentifier test, TestExecutionResult result) {}

        private final Queue<Result> results = new ConcurrentLinkedQueue<>();
        private final Queue<Path> published = new ConcurrentLinkedQueue<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
                results.add(new Result(test, result));
            }
        }

        @Override
        public void fileEntryPublished(TestIdentifier test, FileEntry file) {
            published.add(file.getPath());
        }

        /** {@return how many tests ended so} */
        long count(Status status) {
            return results.stream()
                    .filter(one -> one.result.getStatus() == status)
                    .count();
        }

        /** {@return what tests and containers failed of, or were aborted by} */
        List<Throwable> thrown() {
            List<Throwable> thrown = new ArrayList<>();
            for (Result one : results) {
                Throwable failure = one.result.getThrowable().orElse(null);
                if (failure != null) {
                    thrown.add(failure);
                }
            }
            return thrown;
        }

        /** {@return the names of the files that were handed to JUnit} */
        List<String> published() {
            return published.stream()
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        }

        /** Throws what a test failed of, if one did. */
        void requireSuccess(int tests) {
            @Nullable Throwable first = thrown().stream().findFirst().orElse(null);
            if (first != null || count(Status.SUCCESSFUL) != tests) {
                throw new AssertionError(count(Status.SUCCESSFUL) + " of " + tests + " passed; " + first, first);
            }
        }
    }
}
