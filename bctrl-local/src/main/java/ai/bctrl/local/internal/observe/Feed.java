package ai.bctrl.local.internal.observe;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One conversation with the browser that is listened to. Not thread-safe: belongs to its {@link RunObservation}. */
final class Feed {

    static final String GATEWAY = "gateway";
    static final String OWN = "cdp";

    /** What tells the events of this feed. */
    final String source;

    /** The controller's; null for the control plane's own. */
    final @Nullable String connectionId;

    final Session root = new Session(this, "", null, null);
    final Map<String, Session> sessions = new HashMap<>();
    final Map<Long, Command> unanswered = new HashMap<>();

    /** Whether the controller is attached to all pages by itself. */
    boolean attachesToAll;

    private Feed(String source, @Nullable String connectionId) {
        this.source = source;
        this.connectionId = connectionId;
    }

    static Feed ofController(String connectionId) {
        return new Feed(GATEWAY, connectionId);
    }

    static Feed own() {
        return new Feed(OWN, null);
    }

    boolean isOwn() {
        return connectionId == null;
    }

    /** The session with an id, null where it is not known. */
    @Nullable
    Session session(@Nullable String id) {
        return id == null || id.isEmpty() ? root : sessions.get(id);
    }
}
