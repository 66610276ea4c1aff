package ai.bctrl.local.internal.observe;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CDP session of a feed. Not thread-safe: belongs to its {@link RunObservation}. */
final class Session {

    private static final int MOST_REQUESTS = 5_000;

    final Feed feed;
    final String id;

    /** What it is attached to; null for the browser. */
    final @Nullable Target target;

    final @Nullable Session parent;

    /** Domains that tell events. */
    final Set<String> enabled = new HashSet<>();

    /** How often each request was sent, redirects included. */
    final Map<String, Integer> hops = new Recent<>(MOST_REQUESTS);

    /** The controller has asked to leave. */
    boolean leaving;

    Session(Feed feed, String id, @Nullable Target target, @Nullable Session parent) {
        this.feed = feed;
        this.id = id;
        this.target = target;
        this.parent = parent;
    }

    boolean isRoot() {
        return target == null;
    }
}
