package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages answer to requests that they did not make themselves; each was found by fuzzing. */
class PageErrorsTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aFormThatIsTooLargeIsNoFault() {
        Reply reply = api.send(
                "POST",
                "/console/sign-in",
                "key=" + "x".repeat(20_000),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(reply.expect(413).text()).contains("The form is too large.");
        api.get("/v1/spaces").expect(200);
    }

    @Test
    void errorsOfTheReplayHaveTheFormOfTheApi() {
        api.get("/replay/nobody/frames.json").expectError(404, "recording.lease_over");
        api.send("PUT", "/replay/nobody", "{}").expectError(405, "route.method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket|permessage-deflate; x", "\"/socket|permessage-deflate"})
    void anUpgradeThatNobodyUnderstandsIsNoFault(String odd) throws IOException {
        assertThat(api.newRuntime()).isNotEmpty();
        String run = api.get("/v1/runs").each("runs", "id").get(0);
        URI page = URI.create(
                api.post("/v1/runs/" + run + "/live", "{}").expect(200).text("iframeUrl"));
        String head = "GET " + page.getPath() + odd.replace("|", " HTTP/1.1\r\nSec-WebSocket-Extensions: ")
                + "\r\nHost: " + page.getAuthority() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        Reply reply = RawHttp.send(page.getPort(), head.getBytes(StandardCharsets.US_ASCII));
        reply.expectError(400, "request.malformed");
    }

    @Test
    void twoMistakesInOneHeadAreNoFault() throws IOException {
        String head = "GET /v1/spaces HTTP/1.1\r\nHost: [::1\r\nX y: z\r\n\r\n";
        RawHttp.send(URI.create(api.baseUrl()).getPort(), head.getBytes(StandardCharsets.US_ASCII))
                .expectError(400, "request.malformed");
    }

    @Test
    void aMessageIsOneLine() {
        Reply reply = api.post("/v1/spaces", "{\"name\":\"a\",\"\\n\\ndata: injected\":1}")
                .expectError(400, "request.invalid");
        assertThat(reply.text("error")).startsWith("??data: injected");
    }
}
