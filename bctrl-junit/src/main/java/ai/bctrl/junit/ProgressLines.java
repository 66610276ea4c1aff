package ai.bctrl.junit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints what each test did, where {@code bctrl.progress} is set. Thread-safe. */
final class ProgressLines implements TestExecutionListener {
    private final PrintStream out;
    private final Map<String, Map<String, String>> entries = new ConcurrentHashMap<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private volatile boolean enabled;
    private volatile long start;

    ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        start = System.nanoTime();
        passed.set(0);
        failed.set(0);
        skipped.set(0);
        SettingsSource source = SettingsSource.of(
                key -> plan.getConfigurationParameters().get(key).orElse(null), java.util.Set.of());
        enabled = "true".equalsIgnoreCase(source.text("bctrl.progress"));
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        if (enabled && entry.getKeyValuePairs().containsKey(BctrlLauncherListener.PHASES)) {
            entries.put(test.getUniqueId(), entry.getKeyValuePairs());
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (enabled && test.isTest()) {
            skipped.incrementAndGet();
            out.println("SKIPPED  " + test.getDisplayName() + "  " + reason);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!enabled || !(test.isTest() || result.getStatus() == TestExecutionResult.Status.FAILED)) {
            return;
        }
        Map<String, String> entry = entries.remove(test.getUniqueId());
        StringBuilder line = new StringBuilder(
                switch (result.getStatus()) {
                    case SUCCESSFUL -> "PASSED   ";
                    case ABORTED -> "ABORTED  ";
                    case FAILED -> "FAILED   ";
                });
        line.append(test.getDisplayName());
        if (entry != null) {
            String runId = entry.get(BctrlLauncherListener.RUN_ID);
            line.append(runId == null ? "" : "  run " + runId)
                    .append("  ")
                    .append(entry.get(BctrlLauncherListener.PHASES));
        }
        out.println(line);
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed.incrementAndGet();
            case ABORTED -> skipped.incrementAndGet();
            case FAILED -> failed.incrementAndGet();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (enabled) {
            out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped in "
                    + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        }
    }
}
