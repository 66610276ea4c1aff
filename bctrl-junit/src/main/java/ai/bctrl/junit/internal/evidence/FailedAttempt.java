package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.playwright.BrowserSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A test that failed while its browser is still there. Immutable.
 *
 * @param test what failed
 * @param failure how it failed
 * @param time when it failed
 * @param body how long the test method took, or null if it was not called
 * @param session the browser of the test
 * @param traced whether tracing was started in the context of the session
 * @param client reads the run, or null if nobody keeps one
 * @param runDirectory where the evidence of the run is kept
 * @param redaction takes secrets out of a text
 */
public record FailedAttempt(
        TestName test,
        Throwable failure,
        Instant time,
        @Nullable Duration body,
        BrowserSession session,
        boolean traced,
        @Nullable BctrlClient client,
        Path runDirectory,
        UnaryOperator<String> redaction) {}
