package ai.bctrl.local.internal.service;

import static java.util.Objects.requireNonNull;

/**
 * The gate refuses a controller. The message is plain text for people: Playwright shows the body of a refused upgrade
 * in its exception.
 */
public class AttachRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Creates a refusal.
     *
     * @param status the HTTP status to answer with, 400 to 599
     * @param code the machine-readable error code of the API
     * @param message what is wrong and what to do about it; no secrets
     */
    public AttachRefusedException(int status, String code, String message) {
        super(requireNonNull(message, "message"));
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599 but is " + status);
        }
        this.status = status;
        this.code = requireNonNull(code, "code");
    }

    /** The HTTP status to answer with. */
    public int status() {
        return status;
    }

    /** The machine-readable error code. */
    public String code() {
        return code;
    }
}
