package ai.bctrl.local;

import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A browser without a process. Thread-safe. */
final class FakeBrowser implements RunningBrowser {
    private final LaunchRequest request;
    private final FakeDevTools devTools = new FakeDevTools();
    private final CompletableFuture<BrowserExit> exit = new CompletableFuture<>();

    FakeBrowser(LaunchRequest request) {
        this.request = request;
    }

    LaunchRequest request() {
        return request;
    }

    boolean isClosed() {
        return exit.isDone();
    }

    /** Ends as a killed process does. */
    void crash() {
        exit.complete(new BrowserExit(false, 137, "SIGKILL", ""));
        devTools.close();
    }

    @Override
    public URI devTools() {
        return devTools.url();
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public String product() {
        return "FakeChrome/1.0";
    }

    @Override
    public Instant startedAt() {
        return Instant.EPOCH;
    }

    @Override
    public CompletionStage<BrowserExit> exit() {
        return exit;
    }

    @Override
    public void close() {
        exit.complete(new BrowserExit(true, 0, null, ""));
        devTools.close();
    }
}
