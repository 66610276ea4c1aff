package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/** The service answered the attempt to connect with an error status. */
public class BrowserRefusedException extends BrowserConnectException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    /** Creates an exception. */
    public BrowserRefusedException(String message, int status, String body, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.body = body;
    }

    /** {@return the HTTP status of the answer} */
    public int status() {
        return status;
    }

    /** {@return the text of the answer, empty if it had none} */
    public String body() {
        return body;
    }
}
