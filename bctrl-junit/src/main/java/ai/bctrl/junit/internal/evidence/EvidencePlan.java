package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.EvidenceMode;
import ai.bctrl.junit.evidence.Keep;
import ai.bctrl.junit.evidence.TraceLevel;
import ai.bctrl.model.RecordingMode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded and kept of one test. Immutable.
 *
 * @param modes when each kind is kept
 * @param trace how much tracing records
 * @param limit how long collecting may take
 */
public record EvidencePlan(Map<EvidenceKind, EvidenceMode> modes, TraceLevel trace, Duration limit) {
    /** Copies the map. */
    public EvidencePlan {
        modes = Map.copyOf(modes);
    }

    /** {@return the plan of an annotation's elements, overridden by a mode for all kinds and by modes of single ones} */
    public static EvidencePlan of(
            List<Keep> annotation,
            @Nullable EvidenceMode forAll,
            Map<EvidenceKind, EvidenceMode> forSome,
            TraceLevel trace,
            Duration limit) {
        Map<EvidenceKind, EvidenceMode> modes = new EnumMap<>(EvidenceKind.class);
        for (EvidenceKind kind : EvidenceKind.values()) {
            modes.put(kind, EvidenceMode.ON_FAILURE);
        }
        for (Keep keep : annotation) {
            Set<EvidenceKind> kinds =
                    keep.kinds().length == 0 ? EnumSet.allOf(EvidenceKind.class) : Set.of(keep.kinds());
            kinds.forEach(kind -> modes.put(kind, keep.value()));
        }
        if (forAll != null) {
            modes.replaceAll((kind, mode) -> forAll);
        }
        modes.putAll(forSome);
        return new EvidencePlan(modes, trace, limit);
    }

    /** {@return the plan for a test that failed before in this run: all that can be had, also if it passes now} */
    public EvidencePlan ofRerun() {
        Map<EvidenceKind, EvidenceMode> more = new EnumMap<>(modes);
        more.replaceAll((kind, mode) -> mode == EvidenceMode.ON_FAILURE ? EvidenceMode.ALWAYS : mode);
        return new EvidencePlan(more, trace == TraceLevel.OFF ? TraceLevel.OFF : TraceLevel.PICTURES, limit);
    }

    /** {@return when the control plane keeps the pictures that it takes of the test} */
    public RecordingMode recording() {
        return switch (modes.getOrDefault(EvidenceKind.RECORDING, EvidenceMode.OFF)) {
            case OFF -> RecordingMode.OFF;
            case ON_FAILURE -> RecordingMode.ON_FAILURE;
            case ALWAYS -> RecordingMode.ALWAYS;
        };
    }

    /** {@return the kinds to keep of a test that failed or passed} */
    public Set<EvidenceKind> kept(boolean failed) {
        Set<EvidenceKind> kept = EnumSet.noneOf(EvidenceKind.class);
        modes.forEach((kind, mode) -> {
            if (mode == EvidenceMode.ALWAYS || (failed && mode == EvidenceMode.ON_FAILURE)) {
                kept.add(kind);
            }
        });
        return kept;
    }

    /** {@return whether the kind may be kept} */
    boolean isArmed(EvidenceKind kind) {
        return modes.get(kind) != EvidenceMode.OFF;
    }

    boolean recordsTrace() {
        return trace != TraceLevel.OFF
                && (isArmed(EvidenceKind.TRACE) || isArmed(EvidenceKind.ACTIONS) || isArmed(EvidenceKind.CONSOLE));
    }

    boolean recordsNetwork() {
        return isArmed(EvidenceKind.NETWORK);
    }
}
