package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.PhaseTimes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a test, while its browser is still there. Immutable but for what the redaction learns.
 *
 * @param test what ran
 * @param failure how it failed, or null if it passed
 * @param time when it ended
 * @param phases how long its steps took
 * @param session its browser, or null if there is none
 * @param usable whether the thread that collects may use the browser
 * @param recording what was recorded of its context
 * @param plan what to keep
 * @param client reads the run, or null if nobody keeps one
 * @param runDirectory where the evidence of the run is kept
 * @param redaction takes secrets out of everything
 * @param secretSelector CSS selector of further elements to mask in pictures, or null
 * @param settings the settings in force
 */
public record Attempt(
        TestName test,
        @Nullable Failure failure,
        Instant time,
        PhaseTimes phases,
        @Nullable BrowserSession session,
        boolean usable,
        ContextRecording recording,
        EvidencePlan plan,
        @Nullable BctrlClient client,
        Path runDirectory,
        Redaction redaction,
        @Nullable String secretSelector,
        Map<String, String> settings) {

    /** {@return takes secrets out of a text, those of the browser's address included} */
    public UnaryOperator<String> redact() {
        BrowserSession own = session;
        return own == null ? redaction::text : text -> redaction.text(own.redact(text));
    }

    /** {@return what ran, without secrets in what it is called} */
    TestName shownTest() {
        return test.shownAs(redact().apply(test.displayName()));
    }

    /** {@return the same with another failure} */
    Attempt with(Failure other) {
        return new Attempt(
                test,
                other,
                time,
                phases,
                session,
                usable,
                recording,
                plan,
                client,
                runDirectory,
                redaction,
                secretSelector,
                settings);
    }

    @Nullable
    String runId() {
        return session == null ? null : session.lease().runId();
    }
}
