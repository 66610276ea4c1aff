package ai.bctrl.local.internal.observe;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something in the browser that can be attached to. Not thread-safe: belongs to its {@link RunObservation}. */
final class Target {

    static final String PAGE = "page";

    final String id;
    final String type;
    final Set<Session> sessions = new LinkedHashSet<>();

    @Nullable
    String contextId;

    @Nullable
    String openerId;

    /** The page it is part of; null where it is none's. */
    @Nullable
    String pageId;

    /** Of the document that is shown. */
    String url = "";

    boolean errorPage;
    boolean opened;
    boolean closed;
    boolean crashed;

    /** When the browser said that it is there, while a controller is about to be attached; null otherwise. */
    @Nullable
    Instant announced;

    /** When the browser said that it is gone, while a controller's session has not said so; null otherwise. */
    @Nullable
    Instant destroyed;

    Target(String id, String type) {
        this.id = id;
        this.type = type;
        this.pageId = type.equals(PAGE) ? id : null;
    }

    boolean isPage() {
        return type.equals(PAGE);
    }

    boolean isWorker() {
        return type.endsWith("worker");
    }

    boolean isDedicatedWorker() {
        return type.equals("worker");
    }

    /** The address that is shown. */
    String shown() {
        return url.isEmpty() && isPage() ? "about:blank" : url;
    }

    /** Whether a controller is attached. */
    boolean isTapped() {
        return sessions.stream().anyMatch(session -> !session.feed.isOwn());
    }

    /** Whether a controller has a domain tell its events. */
    boolean isCovered(String domain) {
        return sessions.stream().anyMatch(session -> !session.feed.isOwn() && session.enabled.contains(domain));
    }

    /** The session whose word counts where what is told cannot be told apart: a controller's first, then our own. */
    @Nullable
    Session authority(String domain) {
        Session own = null;
        for (Session session : sessions) {
            if (session.enabled.contains(domain)) {
                if (!session.feed.isOwn()) {
                    return session;
                }
                own = session;
            }
        }
        return own;
    }
}
