package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.service.ControllerTap;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one controller. Thread-safe.
 *
 * <p>The relay's threads only copy bytes into a queue; another thread reads them, some milliseconds later and so many at
 * once, as waking it for each message would cost the controller more than copying does. Both directions share the queue:
 * an answer comes behind its command. Where the queue is full bytes are dropped, up to the end of a frame.
 */
final class ConnectionTap implements ControllerTap {

    /** The most that waits to be read, in bytes. */
    static final long MOST_WAITING = 64L << 20;

    /** So many bytes are not kept waiting on purpose. */
    private static final long READ_AT_ONCE = 1 << 20;

    /** After this many chunks other connections get their turn. */
    private static final int TURN = 64;

    /** Bytes of a lane, or work that is due when those before are read. */
    private static final class Chunk {
        private final @Nullable Lane lane;
        private final byte[] bytes;
        private final Instant time;
        private final long droppedBefore;
        private final @Nullable Runnable work;

        Chunk(@Nullable Lane lane, byte[] bytes, Instant time, long droppedBefore, @Nullable Runnable work) {
            this.lane = lane;
            this.bytes = bytes;
            this.time = time;
            this.droppedBefore = droppedBefore;
            this.work = work;
        }
    }

    /** One direction. Its first half belongs to the thread of the relay, the reader to that which reads. */
    private static final class Lane {
        private final FrameReader reader;
        private boolean frameEnded = true;
        private long dropped;

        Lane(FrameReader.Messages messages) {
            this.reader = new FrameReader(messages);
        }
    }

    private final RunObservation observation;
    private final Feed feed;
    private final InstantSource clock;
    private final Executor executor;
    private final Executor later;
    private final long mostWaiting;
    private final Runnable atEnd;
    private final Queue<Chunk> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final Lane fromController = new Lane(new Commands());
    private final Lane fromBrowser = new Lane(new Words());
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> understood = new CompletableFuture<>();
    private Instant now = Instant.EPOCH;

    /**
     * Listens from now on.
     *
     * @param executor reads what was heard
     * @param later the same, after a moment in which more may come
     * @param mostWaiting how many bytes may wait to be read
     * @param atEnd is run when all was understood, before {@link #end} says so
     */
    ConnectionTap(
            RunObservation observation,
            String connectionId,
            InstantSource clock,
            Executor executor,
            Executor later,
            long mostWaiting,
            Runnable atEnd) {
        this.observation = observation;
        this.feed = Feed.ofController(connectionId);
        this.clock = clock;
        this.executor = executor;
        this.later = later;
        this.mostWaiting = mostWaiting;
        this.atEnd = atEnd;
    }

    @Override
    public void fromController(ByteBuffer bytes, boolean frameEnds) {
        offer(fromController, bytes, frameEnds);
    }

    @Override
    public void fromBrowser(ByteBuffer bytes, boolean frameEnds) {
        offer(fromBrowser, bytes, frameEnds);
    }

    private void offer(Lane lane, ByteBuffer bytes, boolean frameEnds) {
        int count = bytes.remaining();
        boolean resumes = lane.frameEnded;
        lane.frameEnded = frameEnds;
        if (waiting.get() + count > mostWaiting || (lane.dropped > 0 && !resumes)) {
            lane.dropped += count;
            return;
        }
        byte[] copy = new byte[count];
        bytes.duplicate().get(copy);
        long all = waiting.addAndGet(count);
        queue.add(new Chunk(lane, copy, clock.instant(), lane.dropped, null));
        lane.dropped = 0;
        if (all > READ_AT_ONCE) {
            work();
        } else {
            workSoon();
        }
    }

    /** {@return completes when all that has come until now was understood} */
    CompletableFuture<Void> barrier() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        queue.add(new Chunk(null, new byte[0], clock.instant(), 0, () -> reached.complete(null)));
        work();
        return reached;
    }

    @Override
    public CompletionStage<Void> end() {
        if (over.compareAndSet(false, true)) {
            queue.add(new Chunk(null, new byte[0], clock.instant(), 0, () -> {
                reportDropped(fromBrowser.dropped + fromController.dropped);
                observation.ended(feed, now);
                atEnd.run();
                understood.complete(null);
            }));
            work();
        }
        return understood;
    }

    boolean isOver() {
        return over.get();
    }

    private void work() {
        if (busy.compareAndSet(false, true)) {
            execute(executor, () -> read(TURN));
        }
    }

    /** Whoever is reading looks again when it is through. */
    private void workSoon() {
        if (!busy.get() && planned.compareAndSet(false, true)) {
            execute(later, () -> {
                planned.set(false);
                if (busy.compareAndSet(false, true)) {
                    read(TURN);
                }
            });
        }
    }

    /** Reads here and now what was heard, so that it comes before what somebody else is about to tell. */
    void readNow() {
        if (!queue.isEmpty() && busy.compareAndSet(false, true)) {
            read(Integer.MAX_VALUE);
        }
    }

    private void execute(Executor where, Runnable work) {
        try {
            where.execute(work);
        } catch (RejectedExecutionException closing) {
            queue.clear();
            understood.complete(null);
        }
    }

    private void read(int turn) {
        int left = turn;
        try {
            for (Chunk chunk = queue.poll(); chunk != null; chunk = --left > 0 ? queue.poll() : null) {
                waiting.addAndGet(-chunk.bytes.length);
                now = chunk.time;
                read(chunk);
            }
        } finally {
            busy.set(false);
        }
        if (left == 0) {
            work();
        } else if (!queue.isEmpty()) {
            workSoon();
        }
    }

    private void read(Chunk chunk) {
        try {
            Lane lane = chunk.lane;
            if (lane != null) {
                if (chunk.droppedBefore > 0) {
                    lane.reader.skipToFrame();
                    reportDropped(chunk.droppedBefore);
                }
                lane.reader.read(chunk.bytes);
            }
            if (chunk.work != null) {
                chunk.work.run();
            }
        } catch (RuntimeException unexpected) {
            // What one message makes of us must not cost those that follow.
            System.getLogger(ConnectionTap.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "a message of a controller or a browser was not understood",
                            unexpected);
        }
    }

    private void reportDropped(long bytes) {
        if (bytes > 0) {
            observation.gap(feed, now, new EventData().number("dropped", bytes).plain("unit", "bytes"));
        }
    }

    private static @Nullable JsonObject parse(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException malformed) {
            return null;
        }
    }

    private void tooLong(String start, long bytes) {
        observation.gap(
                feed,
                now,
                new EventData()
                        .number("dropped", 1)
                        .plain("unit", "messages")
                        .plain("method", CdpStart.method(start))
                        .number("bytes", bytes));
    }

    private final class Commands implements FrameReader.Messages {
        @Override
        public boolean wanted(String start) {
            String method = CdpStart.method(start);
            return method == null || CommandEvents.matters(method);
        }

        @Override
        public void message(String text) {
            JsonObject message = parse(text);
            if (message != null) {
                observation.command(feed, now, message);
            }
        }

        @Override
        public void skipped(String start, long bytes, boolean wanted) {
            if (wanted && CdpStart.method(start) != null) {
                tooLong(start, bytes);
            }
        }
    }

    private final class Words implements FrameReader.Messages {
        @Override
        public boolean wanted(String start) {
            long answer = CdpStart.answerTo(start);
            if (answer >= 0) {
                Command command = observation.unanswered(feed, answer);
                return command != null && (command.wantsResult() || CdpStart.isError(start));
            }
            String method = CdpStart.method(start);
            return method != null && RunObservation.matters(method);
        }

        @Override
        public void message(String text) {
            JsonObject message = parse(text);
            if (message == null) {
                return;
            }
            if (message.has("id")) {
                observation.answer(feed, now, Fields.whole(message, "id", -1), message);
            } else {
                observation.event(
                        feed,
                        now,
                        Fields.text(message, "method", ""),
                        Fields.text(message, "sessionId"),
                        Fields.object(message, "params"));
            }
        }

        @Override
        public void skipped(String start, long bytes, boolean wanted) {
            long answer = CdpStart.answerTo(start);
            if (answer >= 0) {
                observation.answer(feed, now, answer, null);
            } else if (wanted) {
                tooLong(start, bytes);
            }
        }
    }
}
