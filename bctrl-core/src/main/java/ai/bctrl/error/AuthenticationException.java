package ai.bctrl.error;

/** The API key is missing or not valid (401). */
public class AuthenticationException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public AuthenticationException(ApiError error) {
        super(error);
    }
}
