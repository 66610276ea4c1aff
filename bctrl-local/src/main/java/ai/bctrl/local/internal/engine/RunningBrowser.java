package ai.bctrl.local.internal.engine;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A browser that was started and answered. Thread-safe. */
public interface RunningBrowser extends AutoCloseable {

    /** The browser's DevTools WebSocket on loopback. */
    URI devTools();

    /** {@return what serves a client on the client's own socket; null where clients connect to {@link #devTools}} */
    default @Nullable ClientPort clientPort() {
        return null;
    }

    /** The process id of the browser's main process. */
    long pid();

    /** Product and version as the browser names itself, such as {@code HeadlessChrome/156.0.8078.79}. */
    String product();

    /** When the browser's process was started. */
    Instant startedAt();

    /** Completes once, when the process has ended for whatever reason. */
    CompletionStage<BrowserExit> exit();

    /** How many other runtimes live in the same process at this moment; 0 where the process is this browser's own. */
    default int neighbours() {
        return 0;
    }

    /**
     * Ends the browser with all its processes and removes its temporary profile. A browser with a named profile is
     * asked to end first, so that its cookies reach the disk. Bounded (6 s at most, mostly under 100 ms); further calls
     * wait for the first.
     */
    @Override
    void close();
}
