package ai.bctrl.local.internal.cdp;

import ai.bctrl.local.internal.loop.Loop;
import ai.bctrl.local.internal.loop.Upgrade;
import ai.bctrl.local.internal.loop.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** Opens conversations with browsers; all share one thread. Thread-safe. Whoever made it closes it. */
public final class CdpClients implements AutoCloseable {

    private static final String CLOSING = "the control plane is being closed";

    private final Loop loop;
    private final ScheduledExecutorService clock;
    private final Set<Opening> openings = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates an opener.
     *
     * @param clock ends the waiting for answers
     */
    public CdpClients(ScheduledExecutorService clock) {
        this.clock = clock;
        this.loop = Loop.start("bctrl-cdp-1", this::end);
    }

    /**
     * Opens a conversation.
     *
     * @param devTools the browser's DevTools WebSocket
     * @param listener hears what happens, on a thread that it must not keep
     * @return the client, to be closed by the caller; fails with a {@link CdpException} within about 5 s
     */
    public CompletableFuture<CdpClient> open(URI devTools, CdpListener listener) {
        Opening opening = new Opening(listener);
        openings.add(opening);
        loop.execute(() -> opening.begin(devTools));
        if (closed) {
            opening.fail(CLOSING);
        }
        return opening.result;
    }

    /** A conversation that is about to begin. */
    private final class Opening implements Upgrade.Outcome {
        private final CdpListener listener;
        private final CompletableFuture<CdpClient> result = new CompletableFuture<>();

        Opening(CdpListener listener) {
            this.listener = listener;
        }

        void begin(URI devTools) {
            try {
                Upgrade.ask(loop, devTools, this);
            } catch (IOException | RuntimeException unreachable) {
                fail(String.valueOf(unreachable.getMessage()));
            }
        }

        void fail(String reason) {
            openings.remove(this);
            result.completeExceptionally(new CdpException("cannot reach the browser's DevTools: " + reason));
        }

        @Override
        public void done(Wire wire, String header, byte[] early) throws IOException {
            if (!header.startsWith("HTTP/1.1 101 ")) {
                throw new IOException("it refused the upgrade");
            }
            CdpClient client = new CdpClient(loop, wire, listener, clock);
            client.begin(early);
            openings.remove(this);
            if (!result.complete(client)) {
                client.close();
            }
        }

        @Override
        public void failed() {
            fail("it took no connection, refused the upgrade, or did not answer within 5 s");
        }
    }

    /** Ends all conversations; what is unanswered fails. */
    @Override
    public void close() {
        end();
        loop.close();
    }

    private void end() {
        closed = true;
        openings.forEach(opening -> opening.fail(CLOSING));
    }
}
