package ai.bctrl.local.internal.shared;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one runtime has in the shared browser. Belongs to the loop's thread. */
final class Tenant {

    private final String context;
    private final @Nullable String proxyServer;
    private final Runnable ended;
    private final Set<String> contexts = new LinkedHashSet<>();
    private final Map<String, JsonObject> targets = new LinkedHashMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Integer> windows = new HashSet<>();
    private boolean closed;

    /**
     * Creates it.
     *
     * @param context the browser context that is the runtime's default
     * @param proxyServer carries the traffic of all its contexts that name none of their own; null for none
     * @param ended a controller has told the browser to close
     */
    Tenant(String context, @Nullable String proxyServer, Runnable ended) {
        this.context = context;
        this.proxyServer = proxyServer;
        this.ended = ended;
        contexts.add(context);
    }

    String context() {
        return context;
    }

    @Nullable
    String proxyServer() {
        return proxyServer;
    }

    void end() {
        ended.run();
    }

    Set<String> contexts() {
        return contexts;
    }

    Map<String, JsonObject> targets() {
        return targets;
    }

    Set<Connection> connections() {
        return connections;
    }

    /** The windows that its controllers have asked for; their numbers can be guessed. */
    Set<Integer> windows() {
        return windows;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
