package ai.bctrl.local.internal.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells those that wait for a place where they stand and what for. Immutable. */
record CapacityProblems(Places.Limits limits, Duration grace) {

    /** Whoever comes again keeps the place in line. */
    ApiProblem waiting(int position, Places.Standing standing) {
        return problem(
                "capacity.waiting",
                "this request is number " + position + " of " + standing.waiting()
                        + " in line; repeat it with the same Idempotency-Key within " + grace.toSeconds()
                        + " s to stay there.",
                position,
                1,
                standing);
    }

    /** The time in line is over. */
    ApiProblem timeout(int position, Places.Standing standing) {
        return problem(
                "capacity.timeout",
                "the " + limits.queueTimeout().toSeconds() + " s in line are over (queueTimeout).",
                position,
                5,
                standing);
    }

    /** The line is as long as it may be. */
    ApiProblem full(Places.Standing standing) {
        return problem(
                "capacity.queue_full",
                limits.maxWaiting() + " clients wait already (maxWaiting); try again later.",
                standing.waiting() + 1,
                5,
                standing);
    }

    private ApiProblem problem(
            String code, String what, int position, int retryAfterSeconds, Places.Standing standing) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("position", position);
        details.put("waiting", standing.waiting());
        details.put("active", standing.active());
        if (limits.maxRuntimes() != null) {
            details.put("maxRuntimes", limits.maxRuntimes());
        }
        details.put("reason", standing.reason().label());
        details.put("retryAfterSeconds", retryAfterSeconds);
        String why = switch (standing.reason()) {
            case PLACES -> "All " + limits.maxRuntimes() + " places for browsers are taken (maxRuntimes)";
            case MEMORY -> "The machine has too little memory left for one more browser";
            case CPU -> "The processors are too busy for one more browser just now";
        };
        return new ApiProblem(429, code, why + "; " + what, details);
    }
}
