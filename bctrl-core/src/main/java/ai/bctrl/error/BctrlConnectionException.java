package ai.bctrl.error;

import org.jspecify.annotations.Nullable;

/** The service could not be reached, or the connection broke. The request may nevertheless have had its effect. */
public class BctrlConnectionException extends BctrlException {
    private static final long serialVersionUID = 1L;

    private final ConnectionFault fault;

    /** Creates an exception for a connection that broke. */
    public BctrlConnectionException(String message, @Nullable Throwable cause) {
        this(message, ConnectionFault.BROKEN, cause);
    }

    /** Creates an exception. */
    public BctrlConnectionException(String message, ConnectionFault fault, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** {@return what went wrong} */
    public ConnectionFault fault() {
        return fault;
    }
}
