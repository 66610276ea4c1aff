package ai.bctrl.playwright;

import ai.bctrl.model.NewRunEvent;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named part of what is done with a browser, from its start to its end. Of one thread at a time.
 *
 * @param name what people read
 * @param id tells it from other steps of that name
 * @param startNanos when it began, by the clock of this JVM
 * @param lease the browser, whose run is told
 * @param context the context whose trace shows it as a group, or null
 */
record Step(
        String name,
        String id,
        long startNanos,
        RuntimeLease lease,
        @Nullable BrowserContext context) {
    static Step start(String name, RuntimeLease lease, @Nullable BrowserContext context) {
        Step step = new Step(name, UUID.randomUUID().toString(), System.nanoTime(), lease, context);
        lease.tell(NewRunEvent.now("test.step.started", Map.of("name", name, "stepId", step.id())));
        trace(() -> {
            if (context != null) {
                context.tracing().group(name);
            }
        });
        return step;
    }

    void end(@Nullable Throwable failure) {
        trace(() -> {
            if (context != null) {
                context.tracing().groupEnd();
            }
        });
        long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        lease.tell(NewRunEvent.now(
                "test.step.finished",
                Map.of("name", name, "stepId", id, "durationMs", millis, "failed", failure != null)));
    }

    /** A trace that is not recorded, or a browser that is gone, is no reason to fail: the work itself tells that. */
    private static void trace(Runnable call) {
        try {
            call.run();
        } catch (PlaywrightException notTraced) {
            System.getLogger(Step.class.getName())
                    .log(System.Logger.Level.DEBUG, "a step is not in the trace: {0}", notTraced.getMessage());
        }
    }
}
