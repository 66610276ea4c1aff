package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** What JUnit told of tests that have ended. Thread-safe. */
final class Ended implements TestExecutionListener {
    private record Result(TestIdentifier test, TestExecutionResult result) {}

    private final Queue<Result> results = new ConcurrentLinkedQueue<>();
    private volatile long finishedAt = System.nanoTime();
    private final Queue<String> skipped = new ConcurrentLinkedQueue<>();
    private final Queue<String> browsers = new ConcurrentLinkedQueue<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
            results.add(new Result(test, result));
            finishedAt = System.nanoTime();
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.add(test.getDisplayName());
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        String run = entry.getKeyValuePairs().get("bctrl.runId");
        if (run != null) {
            browsers.add(run);
        }
    }

    /** All tests passed, and there were so many. */
    Ended passed(int tests) {
        for (Result result : results) {
            result.result().getThrowable().ifPresent(failure -> {
                throw new AssertionError(result.test().getDisplayName() + " failed: " + failure, failure);
            });
        }
        assertThat(results).as("passed tests").hasSize(tests);
        return this;
    }

    /** So many tests, or classes, ended so. */
    Ended ended(Status status, int number) {
        assertThat(results.stream().filter(result -> result.result().getStatus() == status))
                .as("%s: %s", status, results)
                .hasSize(number);
        return this;
    }

    /** So many tests or classes were skipped. */
    Ended skipped(int number) {
        assertThat(skipped).as("skipped").hasSize(number);
        return this;
    }

    /** The tests, one after the other, used so many different browsers. */
    Ended browsers(int number) {
        assertThat(new HashSet<>(browsers)).as("browsers of %s", browsers).hasSize(number);
        return this;
    }

    /** {@return when the last test had ended, by {@link System#nanoTime}} */
    long finishedAt() {
        return finishedAt;
    }

    /** {@return the failures, in the order in which they were told} */
    List<Throwable> failures() {
        List<Throwable> failures = new ArrayList<>();
        results.forEach(result -> result.result().getThrowable().ifPresent(failures::add));
        return failures;
    }

    /** There is one failure, and its message has this in it. */
    Ended failedWith(String message) {
        assertThat(failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(String.valueOf(failure.getMessage())).contains(message));
        return this;
    }
}
