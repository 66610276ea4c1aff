package ai.bctrl.playwright;

import ai.bctrl.runtime.RuntimeEnding;
import org.jspecify.annotations.Nullable;

/**
 * How the relay saw a connection end. Immutable.
 *
 * @param kind what happened
 * @param text the same for people
 * @param told what the control plane said about it; null where it said nothing
 * @param code why the other side closed it; null where it did not
 */
record RelayEnding(
        Kind kind,
        String text,
        @Nullable RuntimeEnding told,
        @Nullable CloseCode code) {
    RelayEnding(Kind kind, String text) {
        this(kind, text, null, null);
    }

    static RelayEnding told(String text, RuntimeEnding told) {
        return new RelayEnding(Kind.TOLD, text, told, null);
    }

    static RelayEnding closed(CloseCode code) {
        return new RelayEnding(Kind.CLOSED, code.sentence(), null, code);
    }

    /** What happened. */
    enum Kind {
        /** It could not be made. */
        UNREACHABLE,
        /** The other side became silent, and the control plane takes the browser for running. */
        SILENT,
        /** The other side became silent, and so is the control plane. */
        LOST,
        /** The other side became silent, and the control plane says why. */
        TOLD,
        /** The other side closed it. */
        CLOSED
    }
}
