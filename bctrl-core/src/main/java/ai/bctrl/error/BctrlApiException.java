package ai.bctrl.error;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service answered with an error status. Branch on {@link #code()}; quote {@link #requestId()} to support. There is
 * one subclass for each kind of status.
 */
public class BctrlApiException extends BctrlException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    /** Creates an exception from the answer. */
    public BctrlApiException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    /** {@return the fitting exception for an answer} */
    public static BctrlApiException of(ApiError error) {
        return switch (error.status()) {
            case 400, 413, 415, 422 -> new BadRequestException(error);
            case 401 -> new AuthenticationException(error);
            case 402 -> new QuotaException(error);
            case 403 -> new PermissionException(error);
            case 404, 410 -> new NotFoundException(error);
            case 409 -> new ConflictException(error);
            case 429 ->
                error.code().startsWith(CapacityException.CODES)
                        ? new CapacityException(error)
                        : new RateLimitException(error);
            default -> error.status() >= 500 ? new ServerException(error) : new BctrlApiException(error);
        };
    }

    ApiError error() {
        return error;
    }

    /** {@return the HTTP status} */
    public int status() {
        return error.status();
    }

    /** {@return the stable code, for example {@code runtime.controller_busy}; {@code http.<status>} if the body has none} */
    public String code() {
        return error.code();
    }

    /** {@return the id of the request, or null if the answer has none} */
    public @Nullable String requestId() {
        return error.requestId();
    }

    /** {@return facts tied to the code; empty if there are none} */
    public Map<String, Object> details() {
        return error.details();
    }

    /** {@return how long the service asks to wait before the next try, or null if it does not say} */
    public @Nullable Duration retryAfter() {
        return error.retryAfter();
    }
}
