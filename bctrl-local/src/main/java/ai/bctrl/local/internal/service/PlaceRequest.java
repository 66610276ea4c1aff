package ai.bctrl.local.internal.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request for a place, and how its client waits. Immutable.
 *
 * @param key the same for all requests that stand in line for the same browser; null for a client that does not come again
 * @param hold how long the request may be kept without an answer
 * @param gone whether the client has hung up; asked often, must not block
 */
public record PlaceRequest(@Nullable String key, Duration hold, BooleanSupplier gone) {

    /** How long a request is held whose client does not say. */
    public static final Duration HOLD = Duration.ofSeconds(20);

    /** The longest time a request is held. */
    public static final Duration LONGEST_HOLD = Duration.ofSeconds(60);
}
