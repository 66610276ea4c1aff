package ai.bctrl.internal.http;

import ai.bctrl.error.ApiError;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.CapacityException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.network.Network;
import ai.bctrl.network.NetworkFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends calls, again where that is safe, and turns answers into values or exceptions. Thread-safe. */
public final class Transport implements AutoCloseable {
    private static final Logger LOG = System.getLogger("ai.bctrl.http");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final RequestBody NO_BODY = RequestBody.create(new byte[0], null);

    private final OkHttpClient http;
    private final Endpoint endpoint;
    private final String apiKey;
    private final RetryPolicy retryPolicy;
    private final Duration requestTimeout;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final Network network;
    private final Transfers transfers;
    private final String userAgent = "bctrl-java/" + version();

    /**
     * Creates a transport.
     *
     * @throws ai.bctrl.error.BctrlConfigurationException if the address is not one
     */
    public Transport(
            String baseUrl,
            String apiKey,
            RetryPolicy retryPolicy,
            Duration connectTimeout,
            Duration requestTimeout,
            Sleeper sleeper,
            InstantSource clock,
            Network network) {
        this.endpoint = Endpoint.parse(baseUrl);
        this.apiKey = apiKey;
        this.retryPolicy = retryPolicy;
        this.requestTimeout = requestTimeout;
        this.sleeper = sleeper;
        this.clock = clock;
        this.network = network;
        // Tries and their number are ours alone, and every wait is bounded by the call's own deadline.
        OkHttpClient.Builder client = new OkHttpClient.Builder();
        if (!endpoint.isTls()) {
            // It then reads no certificates, which takes a tenth of a second.
            client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        this.http = Routes.through(network, endpoint.isTls(), client)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .eventListenerFactory(HandshakeWatch.FACTORY)
                .connectTimeout(connectTimeout)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
        this.transfers = new Transfers(this, http, endpoint);
    }

    /** {@return scheme, host and port of the service} */
    public String origin() {
        return endpoint.origin();
    }

    /** {@return how long a call may take if it says nothing else} */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /**
     * Sends a call and reads its answer.
     *
     * @throws BctrlException if it fails after all its tries
     */
    public <T> T send(ApiCall call, Class<T> type) {
        return decode(call, send(call), type);
    }

    <T> T decode(ApiCall call, String body, Class<T> type) {
        try {
            return Json.read(body, type);
        } catch (BctrlDecodingException unexpected) {
            if (ForeignAnswer.isForeign(body)) {
                throw ForeignAnswer.instead(call, endpoint.origin(), body, unexpected);
            }
            throw new BctrlDecodingException(
                    unexpected.path(),
                    unexpected.problem() + " (in the answer to " + call.method() + " " + call.shownPath() + ", read as "
                            + type.getSimpleName() + ")",
                    unexpected);
        }
    }

    /**
     * Sends a call and leaves what its answer says.
     *
     * @return the text of the answer
     * @throws BctrlException if it fails after all its tries
     */
    public String send(ApiCall call) {
        Deadline deadline = new Deadline(call.timeout() == null ? requestTimeout : call.timeout());
        RetryPolicy policy = call.maxRetries() == null ? retryPolicy : retryPolicy.withMaxRetries(call.maxRetries());
        for (int tries = 1; ; tries++) {
            BctrlException failure;
            Duration retryAfter = null;
            boolean mayPass;
            try (Response response = execute(request(call, endpoint.url(call)), deadline)) {
                String body = response.body().string();
                if (response.isSuccessful()) {
                    return body;
                }
                ApiError error = ErrorAnswer.read(call, response, body, clock.instant(), endpoint.origin());
                failure = BctrlApiException.of(error);
                retryAfter = error.retryAfter();
                // Whether to stay in line is up to those who ask.
                mayPass = policy.isTransient(response.code()) && !(failure instanceof CapacityException);
            } catch (IOException broken) {
                failure = failure(call, broken, deadline);
                mayPass = mayPass(failure);
            }
            Duration pause =
                    policy.pause(tries, retryAfter, ThreadLocalRandom.current().nextDouble());
            if (!mayPass || !call.mayBeRetried() || pause == null || pause.compareTo(deadline.left()) >= 0) {
                throw failure;
            }
            LOG.log(Level.DEBUG, "try {0} failed, next in {1} ms: {2}", tries, pause.toMillis(), failure.getMessage());
            sleep(pause, call);
        }
    }

    /** {@return what sends and fetches what is not JSON, over the same connections} */
    public Transfers transfers() {
        return transfers;
    }

    /** {@return whether a call that failed so may succeed the next time} */
    boolean mayPass(BctrlException failure) {
        return (failure instanceof BctrlConnectionException broken
                        && broken.fault().mayPass())
                || (failure instanceof BctrlApiException refused && retryPolicy.isTransient(refused.status()));
    }

    /** {@return how long to wait before the next try, however many there were} */
    Duration pause(int tries, BctrlException failure) {
        Duration asked = failure instanceof BctrlApiException refused ? refused.retryAfter() : null;
        Duration pause = retryPolicy
                .withMaxRetries(Integer.MAX_VALUE)
                .pause(tries, asked, ThreadLocalRandom.current().nextDouble());
        return pause == null ? retryPolicy.longestRetryAfter() : pause;
    }

    /** {@return how long to wait before the next try of something that the service did not refuse} */
    Duration pause(int tries) {
        Duration pause = retryPolicy
                .withMaxRetries(Integer.MAX_VALUE)
                .pause(tries, null, ThreadLocalRandom.current().nextDouble());
        return pause == null ? retryPolicy.longestDelay() : pause;
    }

    BctrlApiException refusal(ApiCall call, Response response) throws IOException {
        return BctrlApiException.of(
                ErrorAnswer.read(call, response, response.body().string(), clock.instant(), endpoint.origin()));
    }

    private Request request(ApiCall call, HttpUrl url) {
        Request.Builder request = authorized(url, call.headers());
        if (call.idempotencyKey() != null) {
            request.header("Idempotency-Key", call.idempotencyKey());
        }
        return request.method(call.method(), body(call)).build();
    }

    /** A request that carries the key, if the address is the service's own. */
    Request.Builder authorized(HttpUrl url, Map<String, String> headers) {
        Request.Builder request = new Request.Builder().url(url);
        request.header("Accept", "application/json");
        headers.forEach(request::header);
        request.header("User-Agent", userAgent);
        if (endpoint.isOurs(url)) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        return request;
    }

    private static @Nullable RequestBody body(ApiCall call) {
        if (call.body() != null) {
            // As bytes, so that OkHttp does not add a charset to the media type.
            return RequestBody.create(Json.write(call.body()).getBytes(java.nio.charset.StandardCharsets.UTF_8), JSON);
        }
        return call.method().equals("POST") || call.method().equals("PATCH") ? NO_BODY : null;
    }

    private Response execute(Request request, Deadline deadline) throws IOException {
        long start = System.nanoTime();
        HandshakeWatch watch = new HandshakeWatch();
        okhttp3.Call call = http.newCall(watch.watching(request));
        call.timeout().timeout(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
        try {
            return execute(call, start);
        } catch (IOException failed) {
            throw watch.explained(failed);
        }
    }

    static Response execute(okhttp3.Call call, long start) throws IOException {
        Response response = interruptibly(call);
        LOG.log(
                Level.DEBUG,
                "{0} {1} -> {2} in {3} ms",
                call.request().method(),
                call.request().url().encodedPath(),
                response.code(),
                (System.nanoTime() - start) / 1_000_000);
        return response;
    }

    // OkHttp's happy eyeballs let an InterruptedException through that its signature does not name.
    @SuppressWarnings("InterruptedExceptionSwallowed")
    private static Response interruptibly(okhttp3.Call call) throws IOException {
        try {
            return call.execute();
        } catch (IOException | RuntimeException declared) {
            throw declared;
        } catch (Exception undeclared) {
            Thread.currentThread().interrupt();
            throw new IOException(undeclared);
        }
    }

    BctrlException failure(ApiCall call, IOException broken, Deadline deadline) {
        String what = call.method() + " " + call.shownPath() + " at " + endpoint.origin();
        if (Thread.currentThread().isInterrupted()) {
            return new BctrlInterruptedException("interrupted during " + what, broken);
        }
        if (broken instanceof InterruptedIOException && deadline.left().compareTo(Duration.ofMillis(50)) < 0) {
            String stage = broken instanceof HandshakeWatch.Stalled
                    ? "; " + endpoint.host()
                            + " accepted the connection but did not complete the TLS handshake: is this"
                            + " its port for https, and what is in between?"
                    : "";
            return new BctrlTimeoutException(
                    "no answer within " + deadline.total().toMillis() + " ms: " + what + stage, broken);
        }
        NetworkFault fault =
                NetworkFault.of(broken, endpoint.host(), network.proxyFor(endpoint.host(), endpoint.isTls()));
        return new BctrlConnectionException(
                "cannot reach the service: " + fault.sentence() + " (" + what + ")", fault.kind(), broken);
    }

    void sleep(Duration pause, ApiCall call) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BctrlInterruptedException(
                    "interrupted between two tries of " + call.method() + " " + call.shownPath(), interrupted);
        }
    }

    /** Closes idle connections. Calls that are under way go on. */
    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static String version() {
        try (InputStream text = Transport.class.getResourceAsStream("version.txt")) {
            return text == null
                    ? "unknown"
                    : new String(text.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
