package ai.bctrl.local.internal.live;

import ai.bctrl.local.internal.service.ViewLeases.ViewLease;
import ai.bctrl.model.ViewerControl;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Somebody who watches a run. Guarded by the lock of the run, except where a method says otherwise. */
final class Viewer {

    /** How much a new measurement of the viewer's speed counts. */
    private static final double WEIGHT = 0.3;

    private final ViewLease lease;
    private final String authority;
    private final ViewerSocket socket;
    private final AtomicBoolean over = new AtomicBoolean();
    private int width = 1280;
    private int height = 800;
    private boolean visible = true;
    private @Nullable Tab chosen;
    private @Nullable TabCast watched;
    private @Nullable Frame waiting;
    private @Nullable Frame underWay;
    private long sentNanos;
    private double millisPerFrame;

    Viewer(ViewLease lease, String authority, ViewerSocket socket) {
        this.lease = lease;
        this.authority = authority;
        this.socket = socket;
    }

    ViewLease lease() {
        return lease;
    }

    String authority() {
        return authority;
    }

    boolean maySteer() {
        return lease.control() == ViewerControl.INPUT;
    }

    /** Thread-safe. */
    void send(String json) {
        if (!over.get()) {
            socket.send(json);
        }
    }

    /** Says why there is nothing more to see, and closes. Thread-safe; whoever comes first is heard. */
    void end(ViewEnd end) {
        if (over.compareAndSet(false, true)) {
            socket.send(Messages.end(end));
            socket.close(end.code(), end.title());
        }
    }

    /** Closes because the viewer broke a rule. Thread-safe. */
    void refuse(int code, String reason) {
        if (over.compareAndSet(false, true)) {
            socket.send(Messages.error(reason));
            socket.close(code, reason);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Whether pictures are looked at. */
    boolean isVisible() {
        return visible;
    }

    void stage(int newWidth, int newHeight, boolean nowVisible) {
        width = newWidth;
        height = newHeight;
        visible = nowVisible;
    }

    @Nullable
    Tab chosen() {
        return chosen;
    }

    /** Watches this tab from now on; null for whichever is newest. */
    void choose(@Nullable Tab tab) {
        chosen = tab;
    }

    @Nullable
    TabCast watched() {
        return watched;
    }

    void watch(@Nullable TabCast cast) {
        watched = cast;
        waiting = null;
        underWay = null;
    }

    /** Sends a picture, or keeps it until the one that is under way has arrived; only the newest is kept. */
    void offer(Frame frame) {
        if (underWay == null) {
            underWay = frame;
            sentNanos = System.nanoTime();
            socket.send(frame.bytes().duplicate());
        } else {
            waiting = frame;
        }
    }

    /**
     * The viewer shows a picture.
     *
     * @return whether it was the one that was under way
     */
    boolean took(int number) {
        Frame sent = underWay;
        if (sent == null || sent.number() != number) {
            return false;
        }
        double millis = (System.nanoTime() - sentNanos) / 1e6;
        millisPerFrame = millisPerFrame == 0 ? millis : millisPerFrame + WEIGHT * (millis - millisPerFrame);
        underWay = null;
        Frame next = waiting;
        waiting = null;
        if (next != null) {
            offer(next);
        }
        return true;
    }

    /** How long a picture takes to this viewer; 0 before the first. */
    double millisPerFrame() {
        return millisPerFrame;
    }
}
