package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.junit.evidence.TraceLevel;
import ai.bctrl.junit.internal.har.Exchange;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import ai.bctrl.junit.internal.trace.Action;
import ai.bctrl.junit.internal.trace.ConsoleLine;
import ai.bctrl.runtime.PhaseTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was kept of an attempt that never was. */
final class SampleAttempt {
    static final Instant TIME = Instant.parse("2026-11-22T06:30:00Z");
    private static final EvidencePlan PLAN =
            EvidencePlan.of(List.of(), null, Map.of(), TraceLevel.ACTIONS, Duration.ofSeconds(1));

    private SampleAttempt() {}

    static Collected failed(
            Path run,
            Throwable thrown,
            @Nullable String pageUrl,
            List<Action> actions,
            List<ConsoleLine> console,
            List<Exchange> exchanges)
            throws IOException {
        TestName test = new TestName("shop.CheckoutTest", "buys", List.of(), false, "", "buys()");
        Attempt attempt = new Attempt(
                test,
                new Failure(thrown, Place.BODY, FailureOrigin.APPLICATION_ASSERTION),
                TIME,
                PhaseTimes.none(),
                null,
                false,
                new ContextRecording(PLAN, "buys"),
                PLAN,
                null,
                run,
                new Redaction(SecretRules.defaults()),
                null,
                Map.of());
        Bundle bundle = Bundle.create(run, test, EnumSet.allOf(EvidenceKind.class));
        return new Collected(attempt, bundle, actions, console, exchanges, pageUrl, Duration.ofMillis(5));
    }

    static Action action(String title, @Nullable String error) {
        return new Action(TIME, Duration.ofMillis(31), title, "Frame.click", null, null, 1, error, null);
    }
}
