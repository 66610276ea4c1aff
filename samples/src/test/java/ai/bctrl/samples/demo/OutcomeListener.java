package ai.bctrl.samples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Hands on each test that has ended, and each container that failed. For tests that run one after the other. */
final class OutcomeListener implements TestExecutionListener {
    private final Consumer<Outcome> whenEnded;
    private final Map<String, Long> starts = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    private @Nullable TestPlan plan;

    OutcomeListener(Consumer<Outcome> whenEnded) {
        this.whenEnded = whenEnded;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entries.computeIfAbsent(test.getUniqueId(), id -> new LinkedHashMap<>()).putAll(entry.getKeyValuePairs());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (test.isContainer() && good) {
            return;
        }
        long start = starts.getOrDefault(test.getUniqueId(), System.nanoTime());
        List<String> path = path(test);
        int last = path.size() - 1;
        whenEnded.accept(new Outcome(
                List.copyOf(path.subList(0, last)),
                path.get(last),
                result,
                Duration.ofNanos(System.nanoTime() - start),
                entries.getOrDefault(test.getUniqueId(), Map.of())));
    }

    /** The names from the class to the test; the cases of a parameterized test carry its name. */
    private List<String> path(TestIdentifier test) {
        List<String> path = new ArrayList<>();
        String name = withoutParameters(test);
        Optional<TestIdentifier> parent = parent(test);
        while (parent.isPresent() && parent(parent.get()).isPresent()) {
            if (isClass(parent.get())) {
                path.add(0, parent.get().getDisplayName());
            } else {
                name = withoutParameters(parent.get()) + ": " + name;
            }
            parent = parent(parent.get());
        }
        path.add(name);
        return path;
    }

    private static String withoutParameters(TestIdentifier test) {
        return test.getDisplayName().replaceFirst("^(\\w+)\\(.*\\)$", "$1");
    }

    private Optional<TestIdentifier> parent(TestIdentifier test) {
        return plan == null ? Optional.empty() : plan.getParent(test);
    }

    private static boolean isClass(TestIdentifier test) {
        return test.getSource().filter(ClassSource.class::isInstance).isPresent();
    }
}
