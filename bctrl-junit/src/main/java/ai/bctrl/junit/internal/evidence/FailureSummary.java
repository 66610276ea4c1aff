package ai.bctrl.junit.internal.evidence;

import ai.bctrl.model.RunEvent;
import ai.bctrl.runtime.PhaseTimes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the summaries of a bundle tell. Immutable.
 *
 * @param attempt what failed
 * @param items the files
 * @param missing for each kind that is not whole, why
 * @param took how long collecting took
 * @param events the events of the run
 */
record FailureSummary(
        FailedAttempt attempt,
        List<Bundle.Item> items,
        Map<Kind, List<String>> missing,
        Duration took,
        List<RunEvent> events) {

    /** Sorts the files: they came as they were ready. */
    FailureSummary {
        items = items.stream()
                .sorted(Comparator.comparing(Bundle.Item::kind).thenComparing(Bundle.Item::name))
                .toList();
    }

    PhaseTimes phases() {
        PhaseTimes phases = attempt.session().phases();
        if (attempt.body() != null) {
            phases = phases.plus("body", attempt.body());
        }
        return phases.plus("collect", took);
    }

    String failureHeadline() {
        return attempt.redaction().apply(FailureText.headline(attempt.failure()));
    }
}
