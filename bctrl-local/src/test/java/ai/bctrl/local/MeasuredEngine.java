package ai.bctrl.local;

import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Notes when the browsers of another engine began and when nothing was left of them. Thread-safe. */
final class MeasuredEngine implements BrowserEngine {
    private final BrowserEngine engine;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    MeasuredEngine(BrowserEngine engine) {
        this.engine = engine;
    }

    /** From the beginning of a launch until the browser was gone. */
    private static final class Span {
        private final String runtimeId;
        private final long from = System.nanoTime();
        private final AtomicLong to = new AtomicLong(Long.MAX_VALUE);

        Span(String runtimeId) {
            this.runtimeId = runtimeId;
        }

        long within(long start, long end) {
            return Math.max(0, Math.min(end, to.get()) - Math.max(start, from));
        }
    }

    /** The largest number of browsers at a time. */
    int most() {
        return most.get();
    }

    /** The runtimes in the order of their launches. */
    List<String> launches() {
        return spans.stream().map(span -> span.runtimeId).toList();
    }

    /** When the last launch began. */
    long lastLaunch() {
        return spans.get(spans.size() - 1).from;
    }

    /** How many browsers there were on average in that time. */
    double busy(long start, long end) {
        long sum = 0;
        for (Span span : new ArrayList<>(spans)) {
            sum += span.within(start, end);
        }
        return (double) sum / (end - start);
    }

    @Override
    public RunningBrowser launch(LaunchRequest request) {
        Span span = new Span(request.runtimeId());
        spans.add(span);
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        return new Measured(engine.launch(request), span);
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Measured implements RunningBrowser {
        private final RunningBrowser browser;
        private final Span span;

        Measured(RunningBrowser browser, Span span) {
            this.browser = browser;
            this.span = span;
        }

        @Override
        public URI devTools() {
            return browser.devTools();
        }

        @Override
        public long pid() {
            return browser.pid();
        }

        @Override
        public String product() {
            return browser.product();
        }

        @Override
        public Instant startedAt() {
            return browser.startedAt();
        }

        @Override
        public CompletionStage<BrowserExit> exit() {
            return browser.exit();
        }

        @Override
        public void close() {
            browser.close();
            if (span.to.compareAndSet(Long.MAX_VALUE, System.nanoTime())) {
                now.decrementAndGet();
            }
        }
    }
}
