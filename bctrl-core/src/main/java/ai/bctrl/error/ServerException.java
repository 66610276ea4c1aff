package ai.bctrl.error;

/** The service failed (5xx). */
public class ServerException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public ServerException(ApiError error) {
        super(error);
    }
}
