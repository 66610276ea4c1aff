package ai.bctrl.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a call waits for a TLS handshake, which a service that accepts connections and says nothing never ends. Thread-safe.
 */
final class HandshakeWatch extends EventListener {
    /** Lets each call that carries a watch be watched by it. */
    static final EventListener.Factory FACTORY = call -> {
        HandshakeWatch watch = call.request().tag(HandshakeWatch.class);
        return watch == null ? EventListener.NONE : watch;
    };

    private volatile boolean shakingHands;

    /** A call ran out of time before TLS was ready. */
    static final class Stalled extends InterruptedIOException {
        private static final long serialVersionUID = 1;

        Stalled(IOException cause) {
            super("the TLS handshake was not completed");
            initCause(cause);
        }
    }

    Request watching(Request request) {
        return request.newBuilder().tag(HandshakeWatch.class, this).build();
    }

    @Override
    public void secureConnectStart(Call call) {
        shakingHands = true;
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        shakingHands = false;
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException failure) {
        // Where time is over the call is cancelled, which is what breaks the socket.
        shakingHands = shakingHands && call.isCanceled();
    }

    /** {@return the failure of the call, which says so if it was the handshake that took too long} */
    IOException explained(IOException failure) {
        return shakingHands && failure instanceof InterruptedIOException ? new Stalled(failure) : failure;
    }
}
