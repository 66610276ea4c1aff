package ai.bctrl.junit.internal.evidence;

import ai.bctrl.error.BctrlException;

/**
 * Tells the reader of a failure where its evidence is, where the failure's own message cannot. Added to it as suppressed; has no
 * stack of its own.
 */
public final class FailureNote extends BctrlException {
    private static final long serialVersionUID = 1L;

    private FailureNote(String sentence) {
        super(sentence);
    }

    /** {@return a note on what was kept} */
    public static FailureNote of(Collected collected) {
        Failure failure = collected.attempt().failure();
        String runId = collected.attempt().runId();
        return new FailureNote("Evidence of this failure"
                + (failure == null ? "" : " [" + failure.origin().title() + "]")
                + (runId == null ? "" : " (run " + runId + ")") + ": " + FailureMessage.link(collected));
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The name of this class would only be in the reader's way. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
