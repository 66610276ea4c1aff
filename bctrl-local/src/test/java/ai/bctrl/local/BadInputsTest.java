package ai.bctrl.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes in is not always what was meant: each mistake has its answer, and nothing is lost or made by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputsTest {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final TestServer server =
            TestServer.start(options -> options.apiKey("key").readOnlyApiKey("reader"));
    private final Api api = server.api;
    private final int port = URI.create(server.local.baseUrl()).getPort();
    private final String runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";
    private final String expiredUrl =
            TestServer.url(api.post(api.newRuntime() + "/connections", "{\"protocol\":\"cdp\",\"ttlSeconds\":60}"));
    private final String revokedUrl = revoked();
    private final String closedUrl = closed();
    private final String runtime = api.newRuntime();
    private final Reply connection = api.newConnection(runtime);
    private final TestSocket controller = server.attach(connection);
    private final String usedUrl = TestServer.url(connection);
    private final String run = api.get("/v1/runs").each("runs", "id").get(0);
    private String state = "";

    BadInputsTest() {
        api.send("POST", "/v1/spaces", "{\"name\":\"once\"}", "Idempotency-Key", "used")
                .expect(200);
        server.clock.advance(Duration.ofSeconds(61));
    }

    @BeforeEach
    void remember() {
        state = state();
    }

    private String revoked() {
        String path = api.newRuntime();
        Reply lease = api.newConnection(path);
        api.delete(path + "/connections/" + lease.text("id")).expect(200);
        return TestServer.url(lease);
    }

    private String closed() {
        String path = api.newRuntime();
        Reply lease = api.newConnection(path);
        api.send("POST", path + "/stop", null).expect(200);
        return TestServer.url(lease);
    }

    @AfterAll
    void close() {
        controller.close();
        server.close();
    }

    /** Everything that a request could have made. */
    private String state() {
        return api.get("/v1/spaces").expect(200).text()
                + api.get(runtimes).expect(200).text()
                + api.get("/v1/runs").expect(200).text()
                + api.get(runtime + "/connections").expect(200).text();
    }

    /** Sends something bad. */
    @FunctionalInterface
    interface Sender {
        Reply send() throws IOException;
    }

    record Bad(
            String name, int status, String code, @Nullable String field, Sender sender) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void refuses(Bad bad) throws IOException {
        Reply reply = bad.sender().send();
        assertThat(reply.status()).as(bad.name() + " -> " + reply.text()).isEqualTo(bad.status());
        reply.expectError(bad.status(), bad.code());
        if (bad.field() != null) {
            reply.expectField(bad.field());
        }
        assertThat(reply.text()).doesNotContain("Exception", "at ai.bctrl", "at org.eclipse", "java.");
        assertThat(state()).isEqualTo(state);
        assertThat(controller.isClosed()).isFalse();
    }

    @Test
    void answersABodyThatNeverEnds() throws IOException {
        RawHttp.send(port, head("POST /v1/spaces", "Content-Length: 100"), ascii("{\"name\":"))
                .expectError(408, "request.timeout");
        assertThat(state()).isEqualTo(state);
    }

    @Test
    void survivesJunkAfterTheUpgrade() throws IOException {
        try (TestServer other = TestServer.start()) {
            String path = other.api.newRuntime();
            URI url = URI.create(TestServer.url(other.api.newConnection(path).expect(200)));
            byte[] junk = new byte[100_000];
            new Random(7).nextBytes(junk);
            Reply upgraded = RawHttp.send(
                    url.getPort(),
                    upgrade(url.getRawPath() + "?" + url.getRawQuery(), "Host: " + url.getAuthority()),
                    junk);
            assertThat(upgraded.status()).isEqualTo(101);
            Poll.until(
                    "the lease can be used again",
                    Duration.ofSeconds(10),
                    () -> TestSocket.refusal(url.toString()) == 101);
            assertThat(other.api.get(path).expect(200).text("status")).isEqualTo("active");
        }
    }

    private List<Bad> table() {
        List<Bad> table = new ArrayList<>();
        bodies(table);
        values(table);
        paths(table);
        queries(table);
        guards(table);
        protocol(table);
        upgrades(table);
        assertThat(table).hasSizeGreaterThanOrEqualTo(45);
        return table;
    }

    private void bodies(List<Bad> table) {
        malformed(table, "no body", "");
        malformed(table, "blank body", "  ");
        malformed(table, "half an object", "{\"name\":");
        malformed(table, "no JSON", "name=shop");
        malformed(table, "names without quotes", "{name:\"a\"}");
        malformed(table, "text after the end", "{\"name\":\"a\"} {}");
        malformed(table, "comment", "{\"name\":\"a\"/*!*/}");
        malformed(table, "NUL in a string", "{\"name\":\"a\u0000\"}");
        malformed(
                table,
                "deep nesting",
                "{\"name\":\"a\",\"metadata\":{\"m\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}");
        raw(
                table,
                "invalid UTF-8",
                400,
                "request.malformed",
                () -> RawHttp.send(
                        port,
                        head("POST /v1/spaces", "Content-Length: 12"),
                        "{\"name\":\"\u00e4\"}".getBytes(ISO_8859_1)));
        invalid(table, "/v1/spaces", "array", "[]", "body");
        invalid(table, "/v1/spaces", "string", "\"x\"", "body");
        invalid(table, "/v1/spaces", "null", "null", "body");
        table.add(new Bad(
                "text/plain",
                415,
                "request.unsupported_media_type",
                null,
                () -> api.send("POST", "/v1/spaces", "{\"name\":\"a\"}", "Content-Type", "text/plain")));
        table.add(new Bad(
                "UTF-16",
                415,
                "request.unsupported_media_type",
                null,
                () -> api.send(
                        "POST", "/v1/spaces", "{\"name\":\"a\"}", "Content-Type", "application/json; charset=utf-16")));
        raw(
                table,
                "no content type",
                415,
                "request.unsupported_media_type",
                () -> RawHttp.send(
                        port,
                        ascii("POST /v1/spaces HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                + "\r\nAuthorization: Bearer key\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}")));
        table.add(new Bad(
                "body of more than 1 MiB",
                413,
                "request.too_large",
                null,
                () -> api.post("/v1/spaces", "{\"name\":\"" + "a".repeat(1 << 20) + "\"}")));
        raw(
                table,
                "announced body of 10 GB",
                413,
                "request.too_large",
                () -> RawHttp.send(port, head("POST /v1/spaces", "Content-Length: 10000000000")));
        raw(table, "endless chunks", 413, "request.too_large", () -> {
            byte[] chunk = ascii("10000\r\n" + " ".repeat(0x10000) + "\r\n");
            byte[][] parts = new byte[40][];
            parts[0] = head("POST /v1/spaces", "Transfer-Encoding: chunked");
            Arrays.fill(parts, 1, 40, chunk);
            return RawHttp.send(port, parts);
        });
        raw(
                table,
                "broken chunk",
                400,
                "request.malformed",
                () -> RawHttp.send(
                        port, head("POST /v1/spaces", "Transfer-Encoding: chunked"), ascii("ZZ\r\n{}\r\n0\r\n\r\n")));
    }

    private void values(List<Bad> table) {
        invalid(table, "/v1/spaces", "no name", "{}", "name");
        invalid(table, "/v1/spaces", "name that is null", "{\"name\":null}", "name");
        invalid(table, "/v1/spaces", "name that is a number", "{\"name\":1}", "name");
        invalid(table, "/v1/spaces", "empty name", "{\"name\":\"\"}", "name");
        invalid(table, "/v1/spaces", "name of 256 characters", "{\"name\":\"" + "n".repeat(256) + "\"}", "name");
        invalid(table, "/v1/spaces", "unknown field", "{\"name\":\"a\",\"colour\":1}", "colour");
        invalid(table, "/v1/spaces", "metadata that is an array", "{\"name\":\"a\",\"metadata\":[]}", "metadata");
        invalid(
                table,
                "/v1/spaces",
                "mount without space",
                "{\"name\":\"a\",\"mounts\":{\"storage\":{}}}",
                "mounts.storage.space");
        invalid(table, runtimes, "no type", "{}", "type");
        invalid(table, runtimes, "unknown type", "{\"type\":\"phone\"}", "type");
        invalid(table, runtimes, "planned type", "{\"type\":\"desktop\"}", "type");
        invalid(table, runtimes, "profile outside", browser("\"profile\":\"../../etc\""), "profile");
        invalid(table, runtimes, "unknown stealth", config("\"stealth\":\"extreme\""), "config.stealth");
        invalid(
                table,
                runtimes,
                "unknown locale",
                config("\"fingerprint\":{\"locale\":\"xx-XX\"}"),
                "config.fingerprint.locale");
        invalid(table, runtimes, "unknown proxy", config("\"proxy\":{\"mode\":\"magic\"}"), "config.proxy.mode");
        invalid(table, runtimes, "proxy port 70000", proxy("h", "70000"), "config.proxy.port");
        invalid(table, runtimes, "proxy port 0", proxy("h", "0"), "config.proxy.port");
        invalid(table, runtimes, "proxy port as text", proxy("h", "\"80\""), "config.proxy.port");
        invalid(table, runtimes, "proxy host with a flag", proxy("h --no-sandbox", "80"), "config.proxy");
        invalid(table, runtimes, "extensions as text", browser("\"extensionIds\":\"x\""), "extensionIds");
        table.add(new Bad(
                "extension outside",
                422,
                "extension.not_found",
                "extensionIds",
                () -> api.post(runtimes, browser("\"extensionIds\":[\"../../etc\"]"))));
        table.add(new Bad(
                "hosted only",
                422,
                "runtime.hosted_only",
                "config.stealth",
                () -> api.post(runtimes, config("\"stealth\":\"high\""))));
        String connections = runtime + "/connections";
        invalid(table, connections, "unknown protocol", "{\"protocol\":\"gopher\"}", "protocol");
        for (String ttl : List.of("59", "7201", "-1", "1.5", "\"600\"", "1e999999999", "99999999999999999999", "[]")) {
            invalid(
                    table,
                    connections,
                    "TTL of " + ttl,
                    "{\"protocol\":\"cdp\",\"ttlSeconds\":" + ttl + "}",
                    "ttlSeconds");
        }
        table.add(new Bad("second controller", 409, "runtime.controller_busy", null, () -> api.newConnection(runtime)));
        String wait = "/v1/runs/" + run + "/events/wait";
        invalid(table, wait, "wait of 120001 ms", "{\"timeoutMs\":120001}", "timeoutMs");
        invalid(table, wait, "wait of -1 ms", "{\"timeoutMs\":-1}", "timeoutMs");
        invalid(table, wait, "kind as text", "{\"kind\":\"run\"}", "kind");
        invalid(table, wait, "cursor of nobody", "{\"cursor\":\"x\"}", "cursor");
        table.add(new Bad(
                "key of another request",
                409,
                "idempotency.key_reused",
                null,
                () -> api.send("POST", "/v1/spaces", "{\"name\":\"twice\"}", "Idempotency-Key", "used")));
        table.add(new Bad(
                "key of 256 characters",
                400,
                "request.invalid",
                "Idempotency-Key",
                () -> api.send("POST", "/v1/spaces", "{\"name\":\"a\"}", "Idempotency-Key", "k".repeat(256))));
    }

    private void paths(List<Bad> table) {
        path(table, "unknown space", "/v1/spaces/" + NOBODY, 404, "space.not_found");
        path(table, "space that is no UUID", "/v1/spaces/1", 404, "space.not_found");
        path(table, "SQL", "/v1/spaces/'%20OR%20'1'='1", 404, "space.not_found");
        path(table, "encoded slashes", "/v1/spaces/..%2f..%2fetc", 404, "space.not_found");
        path(table, "encoded dots", "/v1/spaces/%2e%2e/%2e%2e/health", 404, "route.not_found");
        path(table, "dots", "/v1/runs/../spaces", 404, "route.not_found");
        path(table, "backslashes", "/v1/spaces/..%5c..%5cetc", 404, "space.not_found");
        path(table, "path parameters", "/v1/spaces/..;/x", 404, "route.not_found");
        path(table, "NUL", "/v1/spaces/%00", 400, "request.malformed");
        path(table, "slash at the end", "/v1/spaces/", 404, "route.not_found");
        path(table, "two slashes", "//v1/spaces", 404, "route.not_found");
        path(table, "no route", "/v1/nothing", 404, "route.not_found");
        path(table, "no version", "/spaces", 404, "route.not_found");
        path(table, "half a percent sign", "/v1/spaces/%4", 400, "request.malformed");
        path(table, "percent sign and letters", "/v1/spaces/%zz", 400, "request.malformed");
        path(table, "overlong UTF-8", "/v1/spaces/%c0%af", 400, "request.malformed");
        path(table, "unknown runtime", runtimes + "/" + NOBODY, 404, "runtime.not_found");
        path(
                table,
                "runtime of another space",
                "/v1/spaces/" + NOBODY + runtime.substring(runtime.indexOf("/runt")),
                404,
                "space.not_found");
        path(table, "unknown run", "/v1/runs/" + NOBODY, 404, "run.not_found");
        table.add(new Bad(
                "unknown connection",
                404,
                "connection.not_found",
                null,
                () -> api.delete(runtime + "/connections/" + NOBODY)));
        for (String method : List.of("PUT", "OPTIONS", "BREW")) {
            table.add(new Bad("method " + method, 405, "route.method_not_allowed", null, () -> {
                Reply reply = RawHttp.send(port, head(method + " /v1/spaces", "Content-Length: 0"));
                assertThat(reply.headers().firstValue("allow")).hasValue("GET, HEAD, POST");
                return reply;
            }));
        }
    }

    private void queries(List<Bad> table) {
        for (String limit : List.of("0", "201", "-1", "ten", "1e2", "99999999999999999999", "%20")) {
            query(table, "/v1/runs?limit=" + limit, "limit");
        }
        query(table, "/v1/runs?limit=1&limit=2", "limit");
        query(table, "/v1/runs?status=sleeping", "status");
        query(table, "/v1/runs?runtimeId=x", "runtimeId");
        query(table, "/v1/runs?cursor=ZTox", "cursor");
        query(table, "/v1/runs?cursor=%C3%A4", "cursor");
        query(table, "/v1/runs/" + run + "/events?order=sideways", "order");
        query(table, "/v1/runs/" + run + "/events?connectionId=x", "connectionId");
        query(table, "/v1/runs/" + run + "/events?cursor=cjox", "cursor");
        query(table, "/v1/runs/" + run + "/commands?status=x", "status");
        query(table, "/v1/runs/" + run + "/artifacts?cursor=x", "cursor");
        path(table, "broken query", "/v1/runs?limit=%zz", 400, "request.malformed");
    }

    private void guards(List<Bad> table) {
        table.add(new Bad(
                "no key", 401, "auth.required", null, () -> api.withKey(null).get("/v1/spaces")));
        table.add(new Bad(
                "wrong key",
                401,
                "auth.invalid",
                null,
                () -> api.withKey("keys").get("/v1/spaces")));
        table.add(new Bad(
                "empty key",
                401,
                "auth.invalid",
                null,
                () -> api.send("GET", "/v1/spaces", null, "Authorization", "Bearer ")));
        table.add(new Bad(
                "key as basic",
                401,
                "auth.invalid",
                null,
                () -> api.send("GET", "/v1/spaces", null, "Authorization", "Basic a2V5")));
        raw(
                table,
                "two keys",
                401,
                "auth.invalid",
                () -> RawHttp.send(port, head("GET /v1/spaces", "Authorization: Bearer other")));
        table.add(new Bad(
                "key that may only read",
                403,
                "auth.forbidden",
                null,
                () -> api.withKey("reader").post("/v1/spaces", "{\"name\":\"a\"}")));
        host(table, "foreign host", "Host: evil.test:" + port, 403, "request.host_forbidden");
        host(table, "host of a longer name", "Host: localhost.evil.test:" + port, 403, "request.host_forbidden");
        host(table, "host with another port", "Host: 127.0.0.1:1", 403, "request.host_forbidden");
        host(table, "host with user", "Host: a@127.0.0.1:" + port, 400, "request.malformed");
        host(table, "no host", "X: y", 400, "request.malformed");
        host(table, "two hosts", "Host: 127.0.0.1:" + port + "\r\nHost: evil.test", 400, "request.malformed");
        host(
                table,
                "foreign origin",
                "Host: 127.0.0.1:" + port + "\r\nOrigin: http://evil.test",
                403,
                "request.origin_forbidden");
        raw(
                table,
                "foreign host in the target",
                400,
                "request.malformed",
                () -> RawHttp.send(port, head("GET http://evil.test/v1/spaces", "X: y")));
    }

    private void protocol(List<Bad> table) {
        for (String line : List.of(
                "garbage", "GET", "GET /v1/spaces HTTP/9.9", "GET /v1/spaces SPDY/1", "\u0016\u0003\u0001\u0002")) {
            raw(
                    table,
                    "request line " + line.replaceAll("[^ -~]", "?"),
                    400,
                    "request.malformed",
                    () -> RawHttp.send(port, ascii(line + "\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")));
        }
        raw(
                table,
                "header without colon",
                400,
                "request.malformed",
                () -> RawHttp.send(port, head("GET /v1/spaces", "nothing")));
        raw(
                table,
                "blank in a header's name",
                400,
                "request.malformed",
                () -> RawHttp.send(port, head("GET /v1/spaces", "X y: z")));
        raw(
                table,
                "NUL in a header",
                400,
                "request.malformed",
                () -> RawHttp.send(port, head("GET /v1/spaces", "X: a\u0000b")));
        raw(
                table,
                "two lengths",
                400,
                "request.malformed",
                () -> RawHttp.send(
                        port,
                        head("POST /v1/spaces", "Content-Length: 12\r\nContent-Length: 13"),
                        ascii("{\"name\":\"a\"}")));
        raw(
                table,
                "length and chunks",
                400,
                "request.malformed",
                () -> RawHttp.send(
                        port,
                        head("POST /v1/spaces", "Content-Length: 2\r\nTransfer-Encoding: chunked"),
                        ascii("0\r\n\r\n")));
        raw(
                table,
                "negative length",
                400,
                "request.malformed",
                () -> RawHttp.send(port, head("POST /v1/spaces", "Content-Length: -1")));
        raw(
                table,
                "unknown coding",
                400,
                "request.malformed",
                () -> RawHttp.send(port, head("POST /v1/spaces", "Transfer-Encoding: rot13")));
        raw(
                table,
                "headers of 100 kB",
                431,
                "request.headers_too_large",
                () -> RawHttp.send(port, head("GET /v1/spaces", "X: " + "x".repeat(100_000))));
        raw(
                table,
                "URL of 100 kB",
                414,
                "request.uri_too_long",
                () -> RawHttp.send(port, head("GET /v1/spaces/" + "x".repeat(100_000), "X: y")));
    }

    private void upgrades(List<Bad> table) {
        upgrade(table, "expired lease", expiredUrl, 410, "connection.expired");
        upgrade(table, "revoked lease", revokedUrl, 410, "connection.revoked");
        upgrade(table, "lease of a stopped runtime", closedUrl, 410, "connection.closed");
        upgrade(table, "URL in use", usedUrl, 409, "connection.in_use");
        upgrade(table, "tampered signature", usedUrl + "x", 403, "connection.signature_invalid");
        upgrade(table, "later expiry", usedUrl.replace("expires=", "expires=9"), 403, "connection.signature_invalid");
        upgrade(table, "no signature", usedUrl.substring(0, usedUrl.indexOf('?')), 403, "connection.signature_invalid");
        upgrade(
                table,
                "signature of another connection",
                usedUrl.substring(0, usedUrl.indexOf('?')) + expiredUrl.substring(expiredUrl.indexOf('?')),
                403,
                "connection.signature_invalid");
        upgrade(table, "connection of nobody", "ws://h/v1/cdp/" + NOBODY + "?a=b", 404, "connection.not_found");
        upgrade(table, "connection outside", "ws://h/v1/cdp/..%2f..%2fetc", 404, "connection.not_found");
        String target = target(usedUrl);
        raw(
                table,
                "upgrade from a foreign page",
                403,
                "request.origin_forbidden",
                () -> RawHttp.send(port, upgrade(target, "Host: 127.0.0.1:" + port + "\r\nOrigin: http://evil.test")));
        raw(
                table,
                "upgrade for a foreign host",
                403,
                "request.host_forbidden",
                () -> RawHttp.send(port, upgrade(target, "Host: evil.test:" + port)));
        raw(table, "no upgrade", 426, "websocket.required", () -> RawHttp.send(port, head("GET " + target, "X: y")));
        raw(
                table,
                "POST instead of an upgrade",
                405,
                "route.method_not_allowed",
                () -> RawHttp.send(port, head("POST " + target, "Content-Length: 0")));
        raw(
                table,
                "upgrade without key",
                400,
                "websocket.malformed",
                () -> RawHttp.send(
                        port,
                        head(
                                "GET " + target,
                                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13")));
    }

    private void malformed(List<Bad> table, String name, String body) {
        table.add(new Bad(name, 400, "request.malformed", null, () -> api.post("/v1/spaces", body)));
    }

    private void invalid(List<Bad> table, String path, String name, String body, String field) {
        table.add(new Bad(name, 400, "request.invalid", field, () -> api.post(path, body)));
    }

    private void query(List<Bad> table, String path, String field) {
        String name = path.substring(path.indexOf('?'));
        table.add(new Bad(name, 400, "request.invalid", field, () -> RawHttp.send(port, head("GET " + path, "X: y"))));
    }

    private void path(List<Bad> table, String name, String path, int status, String code) {
        raw(table, name, status, code, () -> RawHttp.send(port, head("GET " + path, "X: y")));
    }

    private void host(List<Bad> table, String name, String header, int status, String code) {
        raw(
                table,
                name,
                status,
                code,
                () -> RawHttp.send(
                        port, ascii("GET /v1/spaces HTTP/1.1\r\nAuthorization: Bearer key\r\n" + header + "\r\n\r\n")));
    }

    private void upgrade(List<Bad> table, String name, String url, int status, String code) {
        raw(table, name, status, code, () -> RawHttp.send(port, upgrade(target(url), "Host: 127.0.0.1:" + port)));
    }

    private static void raw(List<Bad> table, String name, int status, String code, Sender sender) {
        table.add(new Bad(name, status, code, null, sender));
    }

    private static String target(String url) {
        return url.substring(url.indexOf("/v1/"));
    }

    private static byte[] upgrade(String target, String host) {
        return ascii("GET " + target + " HTTP/1.1\r\n" + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    private byte[] head(String request, String headers) {
        return ascii(request + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Bearer key\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }

    private static String browser(String member) {
        return "{\"type\":\"browser\"," + member + "}";
    }

    private static String config(String member) {
        return browser("\"config\":{" + member + "}");
    }

    private static String proxy(String host, String port) {
        return config("\"proxy\":{\"mode\":\"custom\",\"protocol\":\"http\",\"host\":\"" + host + "\",\"port\":" + port
                + "}");
    }
}
