package ai.bctrl.local.internal.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One thread on which sockets are read and written, and all that belongs to them happens, so that nothing of it needs a lock.
 * Thread-safe where a method says so; all else belongs to the thread. Whoever started it closes it.
 */
public final class Loop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final int BUFFER = 64 * 1024;

    /** What a socket does when it is ready. */
    @FunctionalInterface
    public interface Ready {
        void ready(SelectionKey key);
    }

    private record Timer(long at, long order, Runnable task) {}

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
    private final byte[] buffer = new byte[BUFFER];
    private final Set<Runnable> farewells = new LinkedHashSet<>();
    private long timersMade;
    private volatile boolean closed;

    private final Runnable ended;

    private Loop(Selector selector, Runnable ended) {
        this.selector = selector;
        this.ended = ended;
    }

    /**
     * Starts the thread.
     *
     * @param ended runs on the thread when it ends, for whatever reason
     */
    public static Loop start(String name, Runnable ended) {
        try {
            Loop loop = new Loop(Selector.open(), ended);
            Thread thread = new Thread(loop::run, name);
            thread.setDaemon(true);
            thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the task on the thread, soon. Thread-safe; a closed loop drops it. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs the task on the thread after a while. */
    public void schedule(Runnable task, Duration delay) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), timersMade++, task));
    }

    public SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, ready);
    }

    /** Has something done when the loop ends, before its sockets are closed. */
    public void beforeEnd(Runnable farewell) {
        farewells.add(farewell);
    }

    /** It need not be done any more. */
    public void forget(Runnable farewell) {
        farewells.remove(farewell);
    }

    /** Bytes that are read are looked at before the next ones are read: one buffer serves all sockets. */
    byte[] buffer() {
        return buffer;
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(Loop::ready, patience());
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    perform(task);
                }
                for (Timer due = due(); due != null; due = due()) {
                    perform(due.task);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            List.copyOf(farewells).forEach(Loop::perform);
            closeAll();
            ended.run();
        }
    }

    /** A fault of ours must not end what others do here. */
    private static void perform(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "a task of a loop of sockets has failed", fault);
        }
    }

    /** Milliseconds until the next timer, at least one; 0 where there is none. */
    private long patience() {
        if (!tasks.isEmpty()) {
            return 1;
        }
        Timer next = timers.peek();
        return next == null ? 0 : Math.max(1, (next.at - System.nanoTime()) / 1_000_000 + 1);
    }

    private @Nullable Timer due() {
        Timer next = timers.peek();
        return next != null && next.at - System.nanoTime() <= 0 ? timers.poll() : null;
    }

    private static void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key);
        } catch (CancelledKeyException gone) {
            // Closed while it was ready.
        }
    }

    private void closeAll() {
        for (SelectionKey key : selector.keys()) {
            try {
                if (key.isValid()) {
                    key.channel().close();
                }
            } catch (IOException e) {
                // Closed is what it shall be.
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            // Closed is what it shall be.
        }
    }

    /** Ends the thread and closes its sockets. Thread-safe. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
