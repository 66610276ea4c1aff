package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's WebSocket. Public only because Jetty looks for its methods. Thread-safe. Its first message waits until the
 * lease was looked at, on another thread.
 */
public final class LiveSocket implements Session.Listener.AutoDemanding, ViewerSocket {

    /** A viewer that takes nothing any more; pictures do not count, of which at most one is under way. */
    private static final int MOST_UNSENT = 1000;

    private static final int MOST_WAITING = 100;

    private final LiveViews views;
    private final @Nullable ViewLease lease;
    private final String authority;
    private final Executor executor;
    private final AtomicInteger unsent = new AtomicInteger();
    private final Deque<String> early = new ArrayDeque<>();
    private volatile @Nullable Session session;
    private @Nullable ViewerSession viewer;
    private boolean entered;
    private boolean closed;

    LiveSocket(LiveViews views, @Nullable ViewLease lease, String authority, Executor executor) {
        this.views = views;
        this.lease = lease;
        this.authority = authority;
        this.executor = executor;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        try {
            executor.execute(this::enter);
        } catch (RejectedExecutionException closing) {
            opened.disconnect();
        }
    }

    private void enter() {
        ViewerSession admitted = views.enter(lease, authority, this);
        synchronized (this) {
            viewer = admitted;
            entered = true;
            if (admitted != null) {
                early.forEach(admitted::receive);
            }
            early.clear();
            if (!closed) {
                return;
            }
        }
        if (admitted != null) {
            views.left(admitted);
        }
    }

    @Override
    public void onWebSocketText(String text) {
        ViewerSession current;
        synchronized (this) {
            if (!entered) {
                if (early.size() < MOST_WAITING) {
                    early.add(text);
                }
                return;
            }
            current = viewer;
        }
        if (current != null) {
            current.receive(text);
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(1003, "text only");
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        gone();
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        gone();
        callback.succeed();
    }

    private void gone() {
        ViewerSession left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = viewer;
        }
        if (left != null) {
            views.left(left);
        }
    }

    @Override
    public void send(String json) {
        Session open = session;
        if (open == null || !open.isOpen()) {
            return;
        }
        if (unsent.incrementAndGet() > MOST_UNSENT) {
            open.disconnect();
            return;
        }
        open.sendText(json, Callback.from(unsent::decrementAndGet, failure -> unsent.decrementAndGet()));
    }

    @Override
    public void send(ByteBuffer frame) {
        Session open = session;
        if (open != null && open.isOpen()) {
            open.sendBinary(frame, Callback.NOOP);
        }
    }

    @Override
    public void close(int code, String reason) {
        Session open = session;
        if (open != null) {
            open.close(code, reason, Callback.NOOP);
        }
    }
}
