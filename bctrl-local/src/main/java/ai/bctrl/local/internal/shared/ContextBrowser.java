package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.engine.AuthenticatingProxy;
import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.engine.RunningBrowser;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A runtime's part of a shared browser, which looks like a browser of its own. Thread-safe. */
final class ContextBrowser implements RunningBrowser {

    private final SharedChromium chromium;
    private final String path;
    private final URI devTools;
    private final @Nullable AuthenticatingProxy forwarder;
    private final Instant startedAt = Instant.now();
    private final CompletableFuture<BrowserExit> exit;
    private final Runnable afterwards;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    ContextBrowser(
            SharedChromium chromium,
            String path,
            URI devTools,
            @Nullable AuthenticatingProxy forwarder,
            CompletableFuture<BrowserExit> exit,
            Runnable afterwards) {
        this.chromium = chromium;
        this.path = path;
        this.devTools = devTools;
        this.forwarder = forwarder;
        this.exit = exit;
        this.afterwards = afterwards;
    }

    @Override
    public URI devTools() {
        return devTools;
    }

    @Override
    public ClientPort clientPort() {
        return () -> chromium.seat(path);
    }

    @Override
    public long pid() {
        return chromium.process().pid();
    }

    @Override
    public String product() {
        return chromium.process().product();
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public CompletionStage<BrowserExit> exit() {
        return exit.minimalCompletionStage();
    }

    @Override
    public int neighbours() {
        return chromium.neighbours(this);
    }

    /** The shared browser is gone. */
    void lost(BrowserExit how) {
        exit.complete(how);
    }

    /** Disposes of the runtime's contexts; what they held is gone with them. Bounded (about 5 s). */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            closed.join();
            return;
        }
        try {
            chromium.leave(this, path);
            exit.complete(new BrowserExit(true, 0, null, ""));
            if (forwarder != null) {
                forwarder.close();
            }
        } finally {
            afterwards.run();
            closed.complete(null);
        }
    }
}
