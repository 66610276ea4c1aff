package ai.bctrl.junit.internal.evidence;

import ai.bctrl.error.BctrlException;

/** Tells the reader of a failure where its evidence is. Added to the failure as suppressed; has no stack of its own. */
public final class FailureNote extends BctrlException {
    private static final long serialVersionUID = 1L;

    FailureNote(String sentence) {
        super(sentence);
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
