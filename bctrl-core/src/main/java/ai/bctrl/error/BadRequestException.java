package ai.bctrl.error;

/** The service refused the request: something in it does not fit (400, 413, 415, 422). The message names it. */
public class BadRequestException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public BadRequestException(ApiError error) {
        super(error);
    }
}
