package ai.bctrl.error;

/** A limit of the account or plan is spent (402). */
public class QuotaException extends BctrlApiException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception from the answer. */
    public QuotaException(ApiError error) {
        super(error);
    }
}
