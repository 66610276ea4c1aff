package ai.bctrl.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls the API as any HTTP client does. Thread-safe. */
final class Api {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String baseUrl;
    private final @Nullable String key;

    Api(String baseUrl, @Nullable String key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    static Api of(LocalBctrl local) {
        return new Api(local.baseUrl(), local.apiKey());
    }

    String baseUrl() {
        return baseUrl;
    }

    Api withKey(@Nullable String other) {
        return new Api(baseUrl, other);
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply post(String path, String body) {
        return send("POST", path, body);
    }

    Reply delete(String path) {
        return send("DELETE", path, null);
    }

    Reply send(String method, String path, @Nullable String body, String... headers) {
        try {
            return Reply.of(HTTP.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new AssertionError(method + " " + path + ": " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    CompletableFuture<Reply> sendAsync(String method, String path, @Nullable String body, String... headers) {
        return HTTP.sendAsync(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString())
                .thenApply(Reply::of);
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(40))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    String defaultSpace() {
        return get("/v1/auth/whoami").expect(200).text("defaultSpaceId");
    }

    /** The path of a new runtime in the default space. */
    String newRuntime() {
        String runtimes = "/v1/spaces/" + defaultSpace() + "/runtimes";
        return runtimes + "/"
                + post(runtimes, "{\"type\":\"browser\"}").expect(200).text("id");
    }

    Reply newConnection(String runtime) {
        return post(runtime + "/connections", "{\"protocol\":\"cdp\"}");
    }
}
