package ai.bctrl.error;

/** The state does not allow it (409), for example because somebody else controls the runtime. */
public class ConflictException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public ConflictException(ApiError error) {
        super(error);
    }
}
