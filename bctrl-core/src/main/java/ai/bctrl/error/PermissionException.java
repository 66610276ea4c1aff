package ai.bctrl.error;

/** The API key may not do this (403). */
public class PermissionException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public PermissionException(ApiError error) {
        super(error);
    }
}
