package ai.bctrl.local.internal.cdp;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Opens conversations with browsers; all share a few threads. Thread-safe. */
public final class CdpClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final ScheduledExecutorService clock;

    /**
     * Creates an opener.
     *
     * @param clock ends the waiting for answers
     */
    public CdpClients(ScheduledExecutorService clock) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(withoutCertificates())
                .build();
        this.clock = clock;
    }

    /**
     * Opens a conversation.
     *
     * @param devTools the browser's DevTools WebSocket
     * @return the client, to be closed by the caller; fails with a {@link CdpException} within about 5 s
     */
    public CompletableFuture<CdpClient> open(URI devTools, CdpListener listener) {
        CdpClient client = new CdpClient(listener, clock);
        return http.newWebSocketBuilder()
                .connectTimeout(CONNECT)
                .buildAsync(devTools, client.receiver())
                .handle((socket, failure) -> {
                    if (failure != null) {
                        throw new CdpException("cannot reach the browser's DevTools: " + failure.getMessage());
                    }
                    return client;
                });
    }

    /** Nothing here speaks TLS; reading the system's certificates would take a tenth of a second at the start. */
    private static SSLContext withoutCertificates() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no TLS", impossible);
        }
    }
}
