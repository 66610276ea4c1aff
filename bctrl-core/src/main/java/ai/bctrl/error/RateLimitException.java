package ai.bctrl.error;

/** Too many requests (429); see {@link #retryAfter()}. */
public class RateLimitException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public RateLimitException(ApiError error) {
        super(error);
    }
}
