package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.service.AttachRequest;
import ai.bctrl.local.internal.service.Attachment;
import ai.bctrl.local.internal.service.CloseReason;
import ai.bctrl.local.internal.service.ControllerGate;
import ai.bctrl.local.internal.service.ControllerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Admits everybody to one browser, or refuses everybody, and remembers. Thread-safe. */
final class FakeGate implements ControllerGate {

    /** One admission. */
    final class Recorded implements Attachment {
        final CompletableFuture<ControllerSocket> socket = new CompletableFuture<>();
        final CompletableFuture<CloseReason> gone = new CompletableFuture<>();
        final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        final List<CloseReason> closes = new CopyOnWriteArrayList<>();
        volatile long fromController;
        volatile long fromBrowser;

        @Override
        public URI devTools() {
            return devTools.get();
        }

        @Override
        public @Nullable ClientPort clientPort() {
            return port;
        }

        @Override
        public void opened(ControllerSocket opened) {
            socket.complete(opened);
        }

        @Override
        public CompletionStage<CloseReason> browserGone() {
            return gone;
        }

        @Override
        public void closed(CloseReason reason, long bytesFromController, long bytesFromBrowser) {
            closes.add(reason);
            fromController = bytesFromController;
            fromBrowser = bytesFromBrowser;
            closed.complete(reason);
        }
    }

    private final Supplier<URI> devTools;
    final List<AttachRequest> requests = new CopyOnWriteArrayList<>();
    final List<Recorded> attachments = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException refusal;

    /** Serves controllers on their own sockets. */
    volatile @Nullable ClientPort port;

    FakeGate(Supplier<URI> devTools) {
        this.devTools = devTools;
    }

    @Override
    public Attachment attach(AttachRequest request) {
        requests.add(request);
        RuntimeException refuse = refusal;
        if (refuse != null) {
            throw refuse;
        }
        Recorded recorded = new Recorded();
        attachments.add(recorded);
        return recorded;
    }

    Recorded only() {
        if (attachments.size() != 1) {
            throw new AssertionError("expected one attachment but there are " + attachments.size());
        }
        return attachments.get(0);
    }
}
