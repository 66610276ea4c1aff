package ai.bctrl.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How long the steps of something took, in their order. Immutable.
 *
 * @param phases the steps
 */
public record PhaseTimes(List<Phase> phases) {
    /**
     * One step. Immutable.
     *
     * @param name what was done, for example {@code create}
     * @param duration how long it took
     */
    public record Phase(String name, Duration duration) {}

    /** Copies the steps. */
    public PhaseTimes {
        phases = List.copyOf(phases);
    }

    /** {@return no steps at all} */
    public static PhaseTimes none() {
        return new PhaseTimes(List.of());
    }

    /** {@return these steps and one more} */
    public PhaseTimes plus(String name, Duration duration) {
        List<Phase> longer = new ArrayList<>(phases);
        longer.add(new Phase(name, duration));
        return new PhaseTimes(longer);
    }

    /** {@return these steps and then the others} */
    public PhaseTimes plus(PhaseTimes others) {
        List<Phase> longer = new ArrayList<>(phases);
        longer.addAll(others.phases());
        return new PhaseTimes(longer);
    }

    /** {@return the steps for people, for example {@code create 212 ms, connect 31 ms}} */
    @Override
    public String toString() {
        return phases.stream()
                .map(phase -> phase.name() + " " + phase.duration().toMillis() + " ms")
                .collect(Collectors.joining(", "));
    }
}
