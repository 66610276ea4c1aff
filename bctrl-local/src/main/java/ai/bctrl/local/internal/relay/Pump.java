package ai.bctrl.local.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from one socket to another on a thread of its own, which reads, writes and reads again: what is moved costs
 * two system calls and the waking of one thread, and a target that is not read stops its source. Thread-safe.
 *
 * <p>A pump ends when its source has ended, or when it was told to stop and a frame has ended. Where its target is lost
 * it goes on reading and throws away, as the source's end still counts.
 */
final class Pump {

    private static final int BUFFER = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Is shown what is moved; must not block, throw or change the buffer. */
    @FunctionalInterface
    interface Copy {
        void take(ByteBuffer bytes, boolean frameEnds);
    }

    /** Hears about the pump's ends, on its thread. */
    interface Listener {
        /** Nothing more will be written. */
        void ended();

        /** The target cannot be written to. */
        void targetLost();
    }

    private enum State {
        /** The last frame is whole. */
        BETWEEN,
        /** A part of a frame was moved. */
        WITHIN,
        /** It ends with the frame that is under way. */
        STOPPING,
        /** Nothing is moved any more. */
        STOPPED
    }

    private final SocketChannel source;
    private final SocketChannel target;
    private final @Nullable Copy copy;
    private final Listener listener;
    private final FrameTracker frames = new FrameTracker();
    private final AtomicReference<State> state = new AtomicReference<>(State.BETWEEN);
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean discarding;

    /**
     * Creates it.
     *
     * @param source blocks; so does the target
     */
    Pump(SocketChannel source, SocketChannel target, @Nullable Copy copy, Listener listener) {
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
    void start(String name, @Nullable ByteBuffer alreadyRead) {
        Thread thread = new Thread(() -> run(alreadyRead == null ? NOTHING : alreadyRead), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends as soon as the frame that is under way has ended. */
    void stop() {
        if (state.compareAndSet(State.BETWEEN, State.STOPPED)) {
            try {
                // It may be waiting for bytes.
                source.shutdownInput();
            } catch (IOException closed) {
                // Then it is not waiting.
            }
        } else if (!state.compareAndSet(State.WITHIN, State.STOPPING) && state.get() == State.BETWEEN) {
            // The frame has just ended.
            stop();
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

    private void run(ByteBuffer alreadyRead) {
        try {
            if (!alreadyRead.hasRemaining() || move(alreadyRead)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
                while (source.read(buffer) >= 0 && move(buffer.flip())) {
                    buffer.clear();
                }
            }
        } catch (IOException lost) {
            // An end like any other.
        } finally {
            listener.ended();
        }
    }

    /** {@return whether there is to be more} */
    private boolean move(ByteBuffer read) {
        if (!state.compareAndSet(State.BETWEEN, State.WITHIN) && state.get() == State.STOPPED) {
            return false;
        }
        bytes.addAndGet(read.remaining());
        if (!discarding) {
            int whole = frames.advance(read, state.get() == State.STOPPING);
            read.limit(read.position() + whole);
            if (copy != null && read.hasRemaining()) {
                copy.take(read, frames.isAtBoundary());
            }
            write(read);
        }
        return !frames.isAtBoundary() || state.compareAndSet(State.WITHIN, State.BETWEEN);
    }

    private void write(ByteBuffer read) {
        try {
            while (read.hasRemaining()) {
                target.write(read);
            }
        } catch (IOException lost) {
            discarding = true;
            listener.targetLost();
        }
    }
}
