package ai.bctrl.local.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from one socket to another, asynchronously: reads again when the last bytes are written. Thread-safe.
 *
 * <p>A pump ends when its source has ended, or when it was told to stop and a frame has ended. Where its target is lost
 * it goes on reading and throws away, as the source's end still counts.
 */
final class Pump extends IteratingCallback {

    private static final int BUFFER = 64 * 1024;

    /** After this many buffers others that share the selector get their turn. */
    private static final int TURN = 16;

    /** Is shown what is moved; must not block, throw or change the buffer. */
    @FunctionalInterface
    interface Copy {
        void take(ByteBuffer bytes, boolean frameEnds);
    }

    /** Hears about the pump's ends. */
    interface Listener {
        /** Nothing more will be written. */
        void ended();

        /** The target cannot be written to. */
        void targetLost();
    }

    private final EndPoint source;
    private final EndPoint target;
    private final @Nullable Copy copy;
    private final Listener listener;
    private final FrameTracker frames = new FrameTracker();
    private final ByteBuffer buffer = BufferUtil.allocateDirect(BUFFER);
    private final AtomicLong bytes = new AtomicLong();
    private final Callback fillable = new Fillable();
    private final Callback written = new Written();
    private @Nullable ByteBuffer early;
    private int turn;
    private volatile boolean stopping;
    private volatile boolean discarding;
    private volatile boolean sourceLost;
    private volatile boolean over;

    Pump(EndPoint source, EndPoint target, @Nullable Copy copy, Listener listener) {
        this.source = source;
        this.target = target;
        this.copy = copy;
        this.listener = listener;
    }

    /**
     * Starts to move.
     *
     * @param alreadyRead bytes of the source that somebody else has read
     */
    void start(@Nullable ByteBuffer alreadyRead) {
        early = alreadyRead;
        if (!over) {
            iterate();
        }
    }

    /** Ends as soon as the frame that is under way has ended. */
    void stop() {
        stopping = true;
        if (!over) {
            iterate();
        }
    }

    /** Throws away from now on. */
    void discard() {
        discarding = true;
    }

    /** How many bytes came from the source. */
    long bytes() {
        return bytes.get();
    }

    /** Whether what was written ends with a whole frame. */
    boolean isAtBoundary() {
        return frames.isAtBoundary();
    }

    /** Whether a close frame was among the bytes. */
    boolean isCloseSeen() {
        return frames.isCloseSeen();
    }

    @Override
    protected Action process() {
        while (true) {
            if (sourceLost || (stopping && frames.isAtBoundary())) {
                return Action.SUCCEEDED;
            }
            ByteBuffer read = next();
            if (read == null) {
                return Action.SUCCEEDED;
            }
            if (!read.hasRemaining()) {
                turn = 0;
                source.tryFillInterested(fillable);
                return Action.IDLE;
            }
            bytes.addAndGet(read.remaining());
            if (discarding) {
                continue;
            }
            int whole = frames.advance(read, stopping);
            read.limit(read.position() + whole);
            if (copy != null && read.hasRemaining()) {
                copy.take(read, frames.isAtBoundary());
            }
            target.write(written, read);
            return Action.SCHEDULED;
        }
    }

    /** What can be read now: nothing where that is empty, the source's end where it is null. */
    private @Nullable ByteBuffer next() {
        ByteBuffer first = early;
        if (first != null) {
            early = null;
            if (first.hasRemaining()) {
                return first;
            }
        }
        BufferUtil.clear(buffer);
        if (++turn > TURN) {
            return buffer;
        }
        try {
            return source.fill(buffer) < 0 ? null : buffer;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected void onCompleteSuccess() {
        over = true;
        listener.ended();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        over = true;
        listener.ended();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private final class Fillable implements Callback {
        @Override
        public void succeeded() {
            if (!over) {
                iterate();
            }
        }

        @Override
        public void failed(Throwable cause) {
            sourceLost = true;
            succeeded();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    private final class Written implements Callback {
        @Override
        public void succeeded() {
            Pump.this.succeeded();
        }

        @Override
        public void failed(Throwable cause) {
            discarding = true;
            listener.targetLost();
            Pump.this.succeeded();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
