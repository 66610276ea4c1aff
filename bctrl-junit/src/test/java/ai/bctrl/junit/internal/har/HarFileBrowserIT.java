package ai.bctrl.junit.internal.har;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.HarContentPolicy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@BctrlBrowser
class HarFileBrowserIT {
    private static final String PAGE = """
            <!doctype html><title>Har</title><img src="/a.png"><script>
            fetch('/never').catch(() => 0);
            fetch('REFUSED').catch(() => document.title = 'Refused')
              .then(() => fetch('/json?token=abc', {method: 'POST', body: '{"password":"hunter2-x","a":1}'}))
              .then(answer => answer.text()).then(text => fetch('/large').then(large => large.text()))
              .then(() => document.title = 'Ready');
            </script>""";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xff};

    @TempDir
    @Nullable
    Path directory;

    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void writesAValidFileWithoutSecrets(Browser browser) throws Exception {
        Path recorded = requireNonNull(directory).resolve("network").resolve("driver.har");
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String refused = "http://127.0.0.1:" + closedPort() + "/";
        server.createContext("/", exchange -> serve(exchange, refused));
        server.setExecutor(threads);
        server.start();
        try (BrowserContext context = browser.newContext()) {
            context.tracing().startHar(recorded, new Tracing.StartHarOptions().setContent(HarContentPolicy.ATTACH));
            Page page = context.newPage();
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            assertThat(page).hasTitle("Ready");
            context.tracing().stopHar();
        } finally {
            done.countDown();
            server.stop(0);
            threads.shutdownNow();
        }

        Redaction redaction = new Redaction(SecretRules.defaults());
        HarFile har = HarFile.read(recorded);
        har.learnSecrets(redaction);
        List<Exchange> exchanges =
                har.exchanges().stream().map(one -> one.redacted(redaction)).toList();
        assertThat(exchange(exchanges, "/json").url()).endsWith("/json?token=•••");
        assertThat(exchange(exchanges, "/json").method()).isEqualTo("POST");
        assertThat(exchange(exchanges, "/json").mediaType()).isEqualTo("application/json");
        assertThat(exchange(exchanges, "/a.png").sizeBytes()).isEqualTo(PNG.length);
        assertThat(exchange(exchanges, "/never").status()).isEqualTo(-1);
        assertThat(exchange(exchanges, "/never").failure()).isNull();
        assertThat(exchanges.stream().filter(one -> one.failure() != null))
                .singleElement()
                .satisfies(failed -> assertThat(failed.failure()).isEqualTo("net::ERR_CONNECTION_REFUSED"));

        Path target = requireNonNull(directory).resolve("network.har");
        assertThat(har.write(redaction, target, 50_000, 1_000_000))
                .containsExactly("1 body of those that are larger than 50000 bytes, or were not kept");
        String text = Files.readString(target);
        assertThat(text)
                .doesNotContain("hunter2-x", "answer-secret", "token=abc", "_file")
                .contains("innocent");
        JsonObject log = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("log");
        checkLog(log);
        assertThat(content(log, "/a.png").get("encoding").getAsString()).isEqualTo("base64");
        assertThat(content(log, "/large").get("comment").getAsString()).contains("larger than 50000 bytes");
        assertThat(content(log, "/json").get("text").getAsString())
                .isEqualTo("{\"secret\":\"•••\",\"note\":\"innocent\"}");

        assertThat(har.write(redaction, target, 50_000, 300))
                .anyMatch(remark -> remark.contains("all bodies together"));
        checkLog(JsonParser.parseString(Files.readString(target))
                .getAsJsonObject()
                .getAsJsonObject("log"));
    }

    private void serve(HttpExchange exchange, String refused) throws IOException {
        exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestURI().getPath()) {
            case "/" ->
                send(exchange, "text/html", PAGE.replace("REFUSED", refused).getBytes(StandardCharsets.UTF_8));
            case "/a.png" -> send(exchange, "image/png", PNG);
            case "/json" ->
                send(
                        exchange,
                        "application/json; charset=utf-8",
                        "{\"secret\":\"answer-secret\",\"note\":\"innocent\"}".getBytes(StandardCharsets.UTF_8));
            case "/large" ->
                send(exchange, "text/plain", "large ".repeat(20_000).getBytes(StandardCharsets.UTF_8));
            default -> {
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Exchange exchange(List<Exchange> exchanges, String path) {
        return exchanges.stream()
                .filter(one -> one.url().contains(path))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject content(JsonObject log, String path) {
        for (JsonElement entry : log.getAsJsonArray("entries")) {
            JsonObject request = entry.getAsJsonObject().getAsJsonObject("request");
            if (request.get("url").getAsString().contains(path)) {
                return entry.getAsJsonObject().getAsJsonObject("response").getAsJsonObject("content");
            }
        }
        throw new AssertionError("no " + path);
    }

    /** Checks what the specification of HAR 1.2 requires. */
    private static void checkLog(JsonObject log) {
        assertThat(log.get("version").getAsString()).isEqualTo("1.2");
        texts(log.getAsJsonObject("creator"), "name", "version");
        texts(log.getAsJsonObject("browser"), "name", "version");
        for (JsonElement page : log.getAsJsonArray("pages")) {
            texts(page.getAsJsonObject(), "startedDateTime", "id", "title");
            assertThat(page.getAsJsonObject().has("pageTimings")).isTrue();
        }
        assertThat(log.getAsJsonArray("entries")).isNotEmpty();
        for (JsonElement element : log.getAsJsonArray("entries")) {
            JsonObject entry = element.getAsJsonObject();
            assertThat(Instant.parse(entry.get("startedDateTime").getAsString()))
                    .isAfter(Instant.EPOCH);
            numbers(entry, "time");
            assertThat(entry.get("cache").isJsonObject()).isTrue();
            numbers(entry.getAsJsonObject("timings"), "send", "wait", "receive");
            JsonObject request = entry.getAsJsonObject("request");
            texts(request, "method", "url", "httpVersion");
            checkMessage(request);
            pairs(request.getAsJsonArray("queryString"));
            if (request.has("postData")) {
                texts(request.getAsJsonObject("postData"), "mimeType", "text");
                pairs(request.getAsJsonObject("postData").getAsJsonArray("params"));
            }
            JsonObject response = entry.getAsJsonObject("response");
            numbers(response, "status");
            texts(response, "statusText", "httpVersion", "redirectURL");
            checkMessage(response);
            numbers(response.getAsJsonObject("content"), "size");
            texts(response.getAsJsonObject("content"), "mimeType");
        }
    }

    private static void checkMessage(JsonObject message) {
        pairs(message.getAsJsonArray("cookies"));
        pairs(message.getAsJsonArray("headers"));
        numbers(message, "headersSize", "bodySize");
    }

    private static void pairs(JsonArray pairs) {
        pairs.forEach(pair -> texts(pair.getAsJsonObject(), "name", "value"));
    }

    private static void texts(JsonObject object, String... names) {
        for (String name : names) {
            assertThat(object.has(name) && object.getAsJsonPrimitive(name).isString())
                    .as(name + " in " + object)
                    .isTrue();
        }
    }

    private static void numbers(JsonObject object, String... names) {
        for (String name : names) {
            assertThat(object.has(name) && object.getAsJsonPrimitive(name).isNumber())
                    .as(name + " in " + object)
                    .isTrue();
        }
    }
}
