package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.internal.har.Exchange;
import ai.bctrl.junit.internal.trace.Action;
import ai.bctrl.junit.internal.trace.ConsoleLine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was kept of an attempt, without secrets. Immutable.
 *
 * @param attempt the attempt
 * @param bundle its files
 * @param actions what the test did
 * @param console what the pages printed
 * @param exchanges the requests of the pages
 * @param pageUrl the address of the test's page, or null if it has none
 * @param took how long collecting took
 */
public record Collected(
        Attempt attempt,
        Bundle bundle,
        List<Action> actions,
        List<ConsoleLine> console,
        List<Exchange> exchanges,
        @Nullable String pageUrl,
        Duration took) {

    /** {@return what the test did last, or null if that is unknown} */
    public @Nullable String lastAction() {
        return actions.isEmpty()
                ? null
                : FailureText.shortened(actions.get(actions.size() - 1).title());
    }
}
