package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsApiTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;
    private final String runtime = api.newRuntime();

    @AfterEach
    void close() {
        server.close();
    }

    private Reply create(String body) {
        return api.post(runtime + "/connections", body);
    }

    private List<String> eventTypes() {
        String run = api.get("/v1/runs?runtimeId=" + runtime.substring(runtime.lastIndexOf('/') + 1))
                .each("runs", "id")
                .get(0);
        return api.get("/v1/runs/" + run + "/events?kind=connection").each("events", "type");
    }

    private void revoke(Reply connection) {
        api.delete(runtime + "/connections/" + connection.text("id")).expect(200);
    }

    @Test
    void leasesForTenMinutesUnlessToldOtherwise() {
        Reply connection = create("{\"protocol\":\"cdp\"}").expect(200);
        assertThat(connection.text("status")).isEqualTo("active");
        assertThat(connection.text("createdAt")).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(connection.text("expiresAt")).isEqualTo("2026-01-02T03:14:05.678Z");
        assertThat(connection.json().get("revokedAt").isJsonNull()).isTrue();
        URI url = URI.create(TestServer.url(connection));
        assertThat(url.getScheme()).isEqualTo("ws");
        assertThat("http://" + url.getAuthority()).isEqualTo(server.local.baseUrl());
        assertThat(url.getPath()).isEqualTo("/v1/cdp/" + connection.text("id"));
        assertThat(url.getQuery())
                .startsWith(
                        "expires=" + Instant.parse(connection.text("expiresAt")).getEpochSecond() + "&signature=");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 7200})
    void takesTheLimitsOfTheTimeToLive(int seconds) {
        Reply connection =
                create("{\"protocol\":\"cdp\",\"ttlSeconds\":" + seconds + "}").expect(200);
        assertThat(Duration.between(server.clock.instant(), Instant.parse(connection.text("expiresAt"))))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 7201, 0, -1, Integer.MAX_VALUE})
    void refusesOtherTimesToLive(int seconds) {
        create("{\"protocol\":\"cdp\",\"ttlSeconds\":" + seconds + "}")
                .expectError(400, "request.invalid")
                .expectField("ttlSeconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cua", "http", "mcp", "rdp", "vnc"})
    void offersOnlyCdp(String protocol) {
        create("{\"protocol\":\"" + protocol + "\"}").expectError(422, "connection.protocol_unavailable");
    }

    @Test
    void showsTheAddressOnce() {
        Reply connection = create("{\"protocol\":\"cdp\"}").expect(200);
        Reply list = api.get(runtime + "/connections").expect(200);
        assertThat(list.each("connections", "id")).containsExactly(connection.text("id"));
        assertThat(list.text()).doesNotContain("signature", "endpoint");
    }

    @Test
    void locksTheRuntimeUntilTheLeaseIsRevoked() {
        Reply first = create("{\"protocol\":\"cdp\"}").expect(200);
        Reply busy = create("{\"protocol\":\"cdp\"}").expectError(409, "runtime.controller_busy");
        assertThat(busy.object("details").get("connectionId").getAsString()).isEqualTo(first.text("id"));
        assertThat(busy.object("details").get("expiresAt").getAsString()).isEqualTo(first.text("expiresAt"));

        Reply revoked = api.delete(runtime + "/connections/" + first.text("id")).expect(200);
        assertThat(revoked.text("status")).isEqualTo("revoked");
        assertThat(revoked.text("revokedAt")).isEqualTo("2026-01-02T03:04:05.678Z");
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(api.delete(runtime + "/connections/" + first.text("id"))
                        .expect(200)
                        .json())
                .isEqualTo(revoked.json());
        create("{\"protocol\":\"cdp\"}").expect(200);
        assertThat(eventTypes()).containsExactly("connection.created", "connection.revoked", "connection.created");
    }

    @Test
    void locksTheRuntimeUntilTheLeaseExpires() {
        Reply first = create("{\"protocol\":\"cdp\",\"ttlSeconds\":60}").expect(200);
        server.clock.advance(Duration.ofMillis(59_999));
        create("{\"protocol\":\"cdp\"}").expectError(409, "runtime.controller_busy");
        server.clock.advance(Duration.ofMillis(1));
        create("{\"protocol\":\"cdp\"}").expect(200);
        assertThat(api.get(runtime + "/connections").each("connections", "status"))
                .containsExactly("expired", "active");
        assertThat(eventTypes()).containsExactly("connection.created", "connection.expired", "connection.created");
        Reply expired = api.delete(runtime + "/connections/" + first.text("id")).expect(200);
        assertThat(expired.text("status")).isEqualTo("expired");
    }

    @Test
    void grantsOneOfManyWhoAskAtOnce() {
        List<Integer> statuses = IntStream.range(0, 16)
                .mapToObj(i -> api.sendAsync("POST", runtime + "/connections", "{\"protocol\":\"cdp\"}"))
                .toList()
                .stream()
                .map(reply -> reply.join().status())
                .toList();
        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .containsOnly(409);
    }

    @Test
    void refusesToAttachWithAWordOnWhy() {
        Reply connection = create("{\"protocol\":\"cdp\",\"ttlSeconds\":60}").expect(200);
        String url = TestServer.url(connection);
        assertThat(refusal(url.replace("signature=", "signature=A"))).contains("403 ", "connection.signature_invalid");
        assertThat(refusal(url.replace("expires=1", "expires=2"))).contains("403 ", "connection.signature_invalid");
        assertThat(refusal(url.substring(0, url.indexOf('?')))).contains("403 ", "connection.signature_invalid");
        assertThat(refusal(url.replace(connection.text("id"), "00000000-0000-0000-0000-000000000000")))
                .contains("404 ", "connection.not_found");
        server.clock.advance(Duration.ofSeconds(60));
        assertThat(refusal(url)).contains("410 ", "connection.expired", "2026-01-02T03:05:05.678Z");

        Reply second = create("{\"protocol\":\"cdp\"}").expect(200);
        revoke(second);
        assertThat(refusal(TestServer.url(second))).contains("410 ", "connection.revoked");

        Reply third = create("{\"protocol\":\"cdp\"}").expect(200);
        api.send("POST", runtime + "/stop", null).expect(200);
        assertThat(refusal(TestServer.url(third))).contains("410 ", "connection.closed");
    }

    private static String refusal(String url) {
        try {
            TestSocket.open(url).close();
            return "not refused";
        } catch (AssertionError refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void letsOneControllerInAtATime() {
        Reply connection = create("{\"protocol\":\"cdp\"}").expect(200);
        try (TestSocket first = server.attach(connection)) {
            assertThat(refusal(TestServer.url(connection))).contains("409 ", "connection.in_use");
            assertThat(first.isClosed()).isFalse();
        }
        Poll.until("attaching again is possible", Duration.ofSeconds(5), () -> {
            String result = refusal(TestServer.url(connection));
            return result.equals("not refused");
        });
        Poll.until(
                "the events are written",
                Duration.ofSeconds(5),
                () -> eventTypes().size() == 5);
        assertThat(eventTypes())
                .containsExactly(
                        "connection.created",
                        "connection.attached",
                        "connection.detached",
                        "connection.attached",
                        "connection.detached");
    }

    @Test
    void leavesAnOpenSocketToARevokedLeaseUntilTheNextOneAttaches() {
        Reply first = create("{\"protocol\":\"cdp\"}").expect(200);
        TestSocket old = server.attach(first);
        revoke(first);
        Reply second = create("{\"protocol\":\"cdp\"}").expect(200);
        assertThat(old.isClosed()).isFalse();
        try (TestSocket next = server.attach(second)) {
            assertThat(old.awaitClose()).isEqualTo(new TestSocket.Closed(4001, "lease revoked"));
            assertThat(next.isClosed()).isFalse();
        }
    }

    @Test
    void leavesAnOpenSocketToAnExpiredLeaseUntilTheNextOneAttaches() {
        TestSocket old = server.attach(create("{\"protocol\":\"cdp\"}").expect(200));
        server.clock.advance(Duration.ofMinutes(10));
        Reply second = create("{\"protocol\":\"cdp\"}").expect(200);
        assertThat(old.isClosed()).isFalse();
        try (TestSocket next = server.attach(second)) {
            assertThat(old.awaitClose()).isEqualTo(new TestSocket.Closed(4002, "lease expired"));
            assertThat(next.isClosed()).isFalse();
        }
    }

    @Test
    void closesTheSocketOfAStoppedRuntimeAndSaysSoInTheEvents() {
        TestSocket socket = server.attach(create("{\"protocol\":\"cdp\"}").expect(200));
        api.send("POST", runtime + "/stop", null).expect(200);
        assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1001, "runtime stopped"));
        Poll.until(
                "the end of the socket is written",
                Duration.ofSeconds(5),
                () -> eventTypes().contains("connection.detached"));
    }

    @Test
    void knowsNoConnectionsOfOtherRuntimes() {
        Reply connection = create("{\"protocol\":\"cdp\"}").expect(200);
        String other = api.newRuntime();
        api.delete(other + "/connections/" + connection.text("id")).expectError(404, "connection.not_found");
        assertThat(api.get(other + "/connections").array("connections")).isEmpty();
    }
}
