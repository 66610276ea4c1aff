package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/**
 * Something else than a BCTRL service answered: a login page, a portal of the network, a proxy, or another server. The base
 * address may be wrong.
 */
public class UnexpectedAnswerException extends BctrlDecodingException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public UnexpectedAnswerException(String message, @Nullable Throwable cause) {
        super("", message, cause);
    }
}
