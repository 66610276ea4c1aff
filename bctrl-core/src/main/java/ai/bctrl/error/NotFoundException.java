package ai.bctrl.error;

/** There is no such thing, it is gone, or the key may not see it (404, 410). */
public class NotFoundException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public NotFoundException(ApiError error) {
        super(error);
    }
}
