package ai.bctrl.local.internal.observe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where and when something was heard. */
record Moment(Session session, Instant time) {

    Feed feed() {
        return session.feed;
    }

    /** What the session is attached to; null for the browser. */
    @Nullable
    Target target() {
        return session.target;
    }
}
