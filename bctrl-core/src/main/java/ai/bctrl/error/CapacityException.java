package ai.bctrl.error;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service has no place for a browser (429 with a code {@code capacity.*}): its limit of runtimes is reached, or its machine
 * has too little memory or processor time left. Who asks again with the same idempotency key keeps the place in line.
 */
public class CapacityException extends RateLimitException {
    private static final long serialVersionUID = 1L;

    /** What the code of such an answer begins with. */
    static final String CODES = "capacity.";

    /** Creates an exception from the answer. */
    public CapacityException(ApiError error) {
        super(error);
    }

    /** {@return the place in line, from 1; 0 if the service does not say} */
    public int position() {
        return number("position");
    }

    /** {@return how many wait; 0 if the service does not say} */
    public int waiting() {
        return number("waiting");
    }

    /** {@return how many runtimes there are; 0 if the service does not say} */
    public int active() {
        return number("active");
    }

    /** {@return how many there may be, or null if only the machine limits them} */
    public @Nullable Integer maxRuntimes() {
        return details().get("maxRuntimes") instanceof Number number ? number.intValue() : null;
    }

    /** {@return what is short: {@code places}, {@code memory} or {@code cpu}, or null if the service does not say} */
    public @Nullable String reason() {
        return details().get("reason") instanceof String reason ? reason : null;
    }

    private int number(String name) {
        return details().get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** {@return the same for one who has waited as long as allowed} */
    public CapacityException after(Duration queueTimeout) {
        ApiError told = error();
        CapacityException last = new CapacityException(new ApiError(
                told.method(),
                told.path(),
                told.status(),
                told.code(),
                "no browser within queueTimeout = " + queueTimeout.toMillis() + " ms; the service said last: "
                        + told.text(),
                told.requestId(),
                Map.copyOf(told.details()),
                told.retryAfter()));
        last.initCause(this);
        return last;
    }
}
