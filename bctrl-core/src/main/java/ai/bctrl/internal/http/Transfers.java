package ai.bctrl.internal.http;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends and fetches what is not JSON: files and streams of events. How long that takes depends on its size, so only each
 * single wait for the other side is bounded. Thread-safe.
 */
public final class Transfers {
    private static final String EVENT_STREAM = "text/event-stream";

    /** Three missed heartbeats. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final Transport transport;
    private final OkHttpClient http;
    private final Endpoint endpoint;

    Transfers(Transport transport, OkHttpClient http, Endpoint endpoint) {
        this.transport = transport;
        this.http = http;
        this.endpoint = endpoint;
    }

    /**
     * Opens the content behind an address that the service gave. The key goes along only if the address is the service's own.
     *
     * @param range a value for the header {@code Range}; null for all
     * @return the content, to be closed by the caller
     * @throws BctrlException if it cannot be had
     */
    public InputStream download(String address, @Nullable String range) {
        ApiCall call = ApiCall.get("(content)").build();
        HttpUrl url = endpoint.resolve(address);
        Map<String, String> headers = range == null ? Map.of() : Map.of("Range", range);
        Duration silence = transport.requestTimeout();
        return open(call, request(url, headers, silence), silence).body().byteStream();
    }

    /** Opens what a call answers, as {@link #download(String, String)} does. */
    public InputStream download(ApiCall call) {
        Duration silence = call.timeout() == null ? transport.requestTimeout() : call.timeout();
        return open(call, request(endpoint.url(call), call.headers(), silence), silence)
                .body()
                .byteStream();
    }

    /**
     * Sends a file, once.
     *
     * @throws BctrlException if it fails
     */
    public <T> T upload(ApiCall call, UploadBody body, Class<T> type) {
        Duration silence = call.timeout() == null ? transport.requestTimeout() : call.timeout();
        Deadline deadline = new Deadline(silence);
        okhttp3.Call request = patient(silence)
                .newCall(transport
                        .authorized(endpoint.url(call), call.headers())
                        .method(call.method(), body.toRequestBody())
                        .build());
        try (Response response = Transport.execute(request, System.nanoTime())) {
            if (!response.isSuccessful()) {
                throw transport.refusal(call, response);
            }
            return transport.decode(call, response.body().string(), type);
        } catch (IOException broken) {
            throw transport.failure(call, broken, deadline);
        }
    }

    /**
     * Follows a stream of events.
     *
     * @param patience how long to try to get a lost connection back
     * @return the events, to be closed by the caller
     * @throws BctrlException if the service refuses or cannot be reached
     */
    public EventSource events(ApiCall call, Duration patience) {
        return EventSource.open(this, transport, call, patience);
    }

    /** One connection of a stream of events. */
    EventConnection connect(ApiCall call, @Nullable String lastEventId) {
        Map<String, String> headers = lastEventId == null
                ? Map.of("Accept", EVENT_STREAM)
                : Map.of("Accept", EVENT_STREAM, "Last-Event-ID", lastEventId);
        okhttp3.Call request = request(endpoint.url(call), headers, SILENCE);
        return new EventConnection(request, open(call, request, SILENCE));
    }

    private okhttp3.Call request(HttpUrl url, Map<String, String> headers, Duration silence) {
        return patient(silence).newCall(transport.authorized(url, headers).build());
    }

    private Response open(ApiCall call, okhttp3.Call request, Duration silence) {
        Deadline deadline = new Deadline(silence);
        Response response = null;
        boolean handedOver = false;
        try {
            response = Transport.execute(request, System.nanoTime());
            if (!response.isSuccessful()) {
                throw transport.refusal(call, response);
            }
            handedOver = true;
            return response;
        } catch (IOException broken) {
            throw transport.failure(call, broken, deadline);
        } finally {
            if (response != null && !handedOver) {
                response.close();
            }
        }
    }

    private OkHttpClient patient(Duration silence) {
        return http.newBuilder().readTimeout(silence).writeTimeout(silence).build();
    }
}
