package ai.bctrl.local.internal.service;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one control plane, all daemons. Thread-safe. Whoever made them closes them. */
public final class Workers implements AutoCloseable {

    private static final int BROWSER_THREADS = 32;
    private static final int BROWSER_QUEUE = 512;
    private static final int FILE_THREADS = 16;
    private static final int FILE_QUEUE = 256;
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final ThreadPoolExecutor browsers;
    private final ThreadPoolExecutor quick;
    private final ThreadPoolExecutor files;
    private final ExecutorService journal;
    private final ScheduledThreadPoolExecutor clock;

    /** Starts no thread before there is work. */
    public Workers() {
        browsers = bounded(BROWSER_THREADS, BROWSER_QUEUE, "bctrl-browser-");
        quick = bounded(4, Integer.MAX_VALUE, "bctrl-worker-");
        files = bounded(FILE_THREADS, FILE_QUEUE, "bctrl-file-");
        journal = Executors.newSingleThreadExecutor(named("bctrl-journal-"));
        clock = new Clock();
        clock.setRemoveOnCancelPolicy(true);
    }

    private static ThreadPoolExecutor bounded(int threads, int queue, String name) {
        ThreadPoolExecutor pool = new Pool(threads, new LinkedBlockingQueue<>(queue), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Where the machine has no more threads, work waits for those that there are, or is rejected. */
    private static final class Pool extends ThreadPoolExecutor {
        Pool(int threads, BlockingQueue<Runnable> queue, ThreadFactory factory) {
            super(threads, threads, 10, TimeUnit.SECONDS, queue, factory);
        }

        @Override
        public void execute(Runnable task) {
            try {
                super.execute(task);
            } catch (OutOfMemoryError noThread) {
                if (getPoolSize() == 0 || !getQueue().offer(task)) {
                    throw new RejectedExecutionException("no thread can be started", noThread);
                }
            }
        }
    }

    /** Goes on looking at things when one look failed, be it for want of threads, descriptors or memory. */
    private static final class Clock extends ScheduledThreadPoolExecutor {
        Clock() {
            super(1, named("bctrl-clock-"));
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(() -> survive(task), initialDelay, delay, unit);
        }

        private static void survive(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error failed) {
                System.getLogger(Workers.class.getName())
                        .log(System.Logger.Level.WARNING, "a periodic task failed; it is tried again", failed);
            }
        }
    }

    /** For work that waits for a browser: 32 threads; rejects when 512 more wait. */
    public ExecutorService browsers() {
        return browsers;
    }

    /** For short work that must not wait for browsers. */
    public ExecutorService quick() {
        return quick;
    }

    /** For work that waits for files, of callers and of the disk: 16 threads; rejects when 256 more wait. */
    public ExecutorService files() {
        return files;
    }

    /** For facts that are written in the order in which they happened: one thread. */
    public ExecutorService journal() {
        return journal;
    }

    /** For what is due later; hands everything that takes time to the others. */
    public ScheduledExecutorService clock() {
        return clock;
    }

    /** Lets short work end, for at most 2 s, and ends all threads. */
    @Override
    public void close() {
        clock.shutdownNow();
        browsers.shutdownNow();
        files.shutdownNow();
        journal.shutdown();
        quick.shutdown();
        try {
            boolean drained = journal.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                    && quick.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            if (!drained) {
                journal.shutdownNow();
                quick.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
