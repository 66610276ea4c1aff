package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A browser that a thread of its own makes ready, and gives back when nobody wants it: Playwright's objects belong to that
 * thread until somebody takes them. Thread-safe.
 */
final class PreparedBrowser implements Runnable {
    private final RuntimeSpec spec;
    private final Supplier<ConnectedBrowser> make;
    private final Duration kept;
    private final Runnable whenOver;
    private final CompletableFuture<ConnectedBrowser> ready = new CompletableFuture<>();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile long readyAt;

    /**
     * @param make makes it, on the thread of this
     * @param kept how long it waits for somebody
     * @param whenOver is called when it was taken and is ready, was given back, or could not be had
     */
    PreparedBrowser(RuntimeSpec spec, Supplier<ConnectedBrowser> make, Duration kept, Runnable whenOver) {
        this.spec = spec;
        this.make = make;
        this.kept = kept;
        this.whenOver = whenOver;
    }

    RuntimeSpec spec() {
        return spec;
    }

    /** {@return whether nobody has decided about it yet} */
    boolean isFree() {
        return !claimed.get() && decided.getCount() > 0;
    }

    boolean isReady() {
        return ready.isDone();
    }

    /** {@return for how long it has been ready} */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - readyAt);
    }

    @Override
    public void run() {
        try {
            ConnectedBrowser browser;
            try {
                browser = make.get();
            } catch (RuntimeException | Error failure) {
                ready.completeExceptionally(failure);
                return;
            }
            readyAt = System.nanoTime();
            ready.complete(browser);
            keep(browser);
        } finally {
            whenOver.run();
        }
    }

    private void keep(ConnectedBrowser browser) {
        try {
            var unused = decided.await(kept.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        if (claimed.compareAndSet(false, true)) {
            close(browser);
        }
    }

    /** {@return whether the browser is the caller's from now on} */
    boolean claim() {
        boolean mine = claimed.compareAndSet(false, true);
        if (mine) {
            decided.countDown();
        }
        return mine;
    }

    /** Has the thread give the browser back, unless somebody has claimed it. */
    void discard() {
        decided.countDown();
    }

    /**
     * {@return the browser that the caller has claimed}
     *
     * @throws BctrlException if it could not be had
     */
    ConnectedBrowser await(Duration limit) {
        try {
            return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new BctrlException("No browser could be made ready: " + failed.getCause(), failed.getCause());
        } catch (TimeoutException late) {
            giveBackOnceReady();
            throw new BctrlException("No browser was ready within " + limit.toSeconds() + " s", late);
        } catch (InterruptedException interrupted) {
            giveBackOnceReady();
            Thread.currentThread().interrupt();
            throw new BctrlInterruptedException("interrupted while a browser was made ready", interrupted);
        }
    }

    private void giveBackOnceReady() {
        var unused = ready.thenAccept(PreparedBrowser::close);
    }

    /** Nobody has asked for it, so nobody needs to know that it could not be given back. */
    static void close(ConnectedBrowser browser) {
        browser.leased().close(new Failures());
    }
}
