package ai.bctrl.playwright;

import ai.bctrl.error.CapacityException;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that are made ready ahead of need. None waits in line for a place, each goes to one taker at most, and one that
 * nobody has taken after 30 s is given back. Thread-safe.
 */
final class PreparedBrowsers implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /** On top of what acquiring and connecting may take: a driver that starts, and a page. */
    private static final Duration REST = Duration.ofSeconds(60);

    private final BrowserConnector connector;
    private final List<PreparedBrowser> all = new ArrayList<>();
    private final AtomicInteger threads = new AtomicInteger();
    private boolean closed;

    PreparedBrowsers(BrowserConnector connector) {
        this.connector = connector;
    }

    /** Makes so many browsers ready that there are {@code count} of them, those that are being made ready included. */
    void prepare(RuntimeSpec spec, SessionOptions options, boolean withPage, int count) {
        synchronized (all) {
            long there = all.stream().filter(one -> isFree(one, spec)).count();
            for (long i = there; i < count && !closed; i++) {
                start(spec, options, withPage);
            }
        }
    }

    private void start(RuntimeSpec spec, SessionOptions options, boolean withPage) {
        RuntimeSpec atOnce = spec.toBuilder().queueTimeout(Duration.ZERO).build();
        PreparedBrowser[] own = new PreparedBrowser[1];
        own[0] = new PreparedBrowser(spec, () -> make(atOnce, options, withPage), KEPT, () -> forget(own[0]));
        all.add(own[0]);
        Thread thread = new Thread(own[0], "bctrl-prepare-" + threads.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    private ConnectedBrowser make(RuntimeSpec spec, SessionOptions options, boolean withPage) {
        ConnectedBrowser browser = connector.connect(spec, options);
        if (!withPage) {
            return browser;
        }
        try {
            return browser.withPage(options);
        } catch (RuntimeException | Error failure) {
            PreparedBrowser.close(browser);
            throw failure;
        }
    }

    private void forget(PreparedBrowser over) {
        synchronized (all) {
            all.remove(over);
            all.notifyAll();
        }
    }

    private static boolean isFree(PreparedBrowser browser, RuntimeSpec spec) {
        return browser.isFree() && browser.spec().equals(spec);
    }

    /**
     * {@return a browser that answered just now, of the caller from now on, or null if there is none for this spec}
     *
     * @throws ai.bctrl.error.BctrlException if one was being made ready and could not be had
     */
    @Nullable
    ConnectedBrowser take(RuntimeSpec spec, SessionOptions options) {
        Duration limit = spec.acquireTimeout().plus(options.connectTimeout()).plus(REST);
        for (PreparedBrowser claimed = claim(spec); claimed != null; claimed = claim(spec)) {
            try {
                ConnectedBrowser browser = claimed.await(limit);
                if (browser.isAlive(claimed.idle())) {
                    return browser;
                }
                PreparedBrowser.close(browser);
            } catch (CapacityException full) {
                // The caller may stand in line.
                return null;
            }
        }
        return null;
    }

    private @Nullable PreparedBrowser claim(RuntimeSpec spec) {
        synchronized (all) {
            PreparedBrowser best = null;
            for (PreparedBrowser one : all) {
                if (isFree(one, spec) && (best == null || (one.isReady() && !best.isReady()))) {
                    best = one;
                }
            }
            return best != null && best.claim() ? best : null;
        }
    }

    /** {@return whether there is one that nobody has taken} */
    boolean hasFree() {
        synchronized (all) {
            return all.stream().anyMatch(PreparedBrowser::isFree);
        }
    }

    /** Gives back all that nobody has taken: somebody needs their places. */
    void discard() {
        synchronized (all) {
            all.forEach(PreparedBrowser::discard);
        }
    }

    /** Gives back all that nobody has taken and waits for that, 10 s at most. */
    void discardAndWait() {
        long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
        synchronized (all) {
            discard();
            try {
                for (long left = CLOSE_LIMIT.toNanos(); left > 0 && !all.isEmpty(); left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(all, left);
                }
            } catch (InterruptedException interrupted) {
                // Their threads go on without us.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives back all that nobody has taken and makes no more ready. */
    @Override
    public void close() {
        synchronized (all) {
            closed = true;
        }
        discardAndWait();
    }
}
