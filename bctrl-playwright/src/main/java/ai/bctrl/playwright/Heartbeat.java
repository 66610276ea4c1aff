package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.RuntimeEnding;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other side of a quiet connection for a sign of life. When none comes it asks the control plane, and then says how
 * the connection ended. Runs on two threads of its own, as asking may block. Whoever started it closes it.
 */
final class Heartbeat implements AutoCloseable {
    private static final Duration ASKING = Duration.ofSeconds(1);

    private final Silence silence;
    private final Duration limit;
    private final Runnable ping;
    private final Supplier<@Nullable RuntimeEnding> controlPlane;
    private final Consumer<RelayEnding> whenSilent;
    private final Semaphore due = new Semaphore(0);
    private volatile boolean over;

    /**
     * Creates one that does nothing yet.
     *
     * @param ping sends a question; may block
     * @param controlPlane why the browser ended, if the control plane knows; may take long
     * @param whenSilent is called once, when the other side is given up
     */
    Heartbeat(
            Silence silence,
            Duration limit,
            Runnable ping,
            Supplier<@Nullable RuntimeEnding> controlPlane,
            Consumer<RelayEnding> whenSilent) {
        this.silence = silence;
        this.limit = limit;
        this.ping = ping;
        this.controlPlane = controlPlane;
        this.whenSilent = whenSilent;
    }

    void start(RelayThreads threads) {
        due.release();
        threads.start("ping", this::sendPings);
        threads.start("heartbeat", () -> watch(threads));
    }

    private void sendPings() {
        while (!over) {
            due.acquireUninterruptibly();
            due.drainPermits();
            if (!over) {
                ping.run();
            }
        }
    }

    private void watch(RelayThreads threads) {
        long last = System.nanoTime();
        Question question = null;
        while (!over) {
            LockSupport.parkNanos(Silence.TICK.toNanos());
            long now = System.nanoTime();
            silence.tick(now - last);
            last = now;
            if (silence.isPingDue()) {
                due.release();
            }
            Silence.Stage stage = silence.stage();
            if (stage == Silence.Stage.HEARD) {
                question = null;
                continue;
            } else if (question == null) {
                question = new Question(silence.length());
                threads.start("question", question);
            }
            RelayEnding ending = question.judge(stage);
            if (ending != null && !over) {
                close();
                whenSilent.accept(ending);
            }
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        over = true;
        due.release();
    }

    /** What the control plane is asked when the connection is silent. */
    private final class Question implements Runnable {
        private final Duration since;
        private volatile boolean answered;
        private volatile @Nullable RuntimeEnding ending;

        Question(Duration since) {
            this.since = since;
        }

        @Override
        public void run() {
            try {
                ending = controlPlane.get();
            } catch (BctrlException failed) {
                ending = new RuntimeEnding(
                        RuntimeEnding.Cause.LOST, "the control plane does not answer: " + failed.getMessage());
            }
            answered = true;
        }

        @Nullable
        RelayEnding judge(Silence.Stage stage) {
            RuntimeEnding told = ending;
            if (answered && told != null) {
                return told.cause() == RuntimeEnding.Cause.LOST
                        ? new RelayEnding(RelayEnding.Kind.LOST, quiet() + "; " + told.reason())
                        : RelayEnding.told(quiet(), told);
            } else if (!answered && silence.length().minus(since).compareTo(ASKING) >= 0) {
                return new RelayEnding(
                        RelayEnding.Kind.LOST,
                        quiet() + "; the control plane does not answer either, within " + ASKING.toSeconds() + " s");
            } else if (answered && stage == Silence.Stage.SILENT) {
                return new RelayEnding(
                        RelayEnding.Kind.SILENT,
                        quiet()
                                + "; the control plane answers and takes the browser for running, so the browser hangs or the"
                                + " network between swallows its connection");
            }
            return null;
        }

        private String quiet() {
            return String.format(
                    Locale.ROOT,
                    "nothing was heard from it for %.1f s, although it was asked (the limit is %.1f s)",
                    silence.length().toMillis() / 1000.0,
                    limit.toMillis() / 1000.0);
        }
    }
}
