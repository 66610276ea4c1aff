package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers write does not become a line of a log, an unpacked body, or an address that is asked. */
class InjectionTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;
    private final int port = URI.create(api.baseUrl()).getPort();

    @AfterEach
    void close() {
        server.close();
    }

    private static final class Lines extends Handler {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            texts.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void writesNoLineOfACallerIntoTheLog() {
        Lines lines = new Lines();
        Logger root = Logger.getLogger("");
        root.addHandler(lines);
        try {
            String forged = "%0d%0aforged%20line";
            api.get("/v1/spaces/" + forged).expect(404);
            api.get("/v1/" + forged).expect(404);
            api.get("/v1/runs?cursor=" + forged).expect(400);
            api.get("/live/" + forged).expect(404);
            api.get("/replay/" + forged).expect(404);
            api.send("GET", "/v1/spaces", null, "x-request-id", "forged-line").expect(200);
            api.post("/v1/spaces", "{\"name\":\"a\\r\\nforged line\"}");
            server.engine.failWith("no browser\r\nforged line");
            Reply failed = api.post(
                    "/v1/spaces/" + api.defaultSpace() + "/runtimes", "{\"type\":\"browser\",\"name\":\"\\nforged\"}");
            assertThat(failed.headers().map().toString()).doesNotContain("forged");
            api.send("POST", "/console/sign-in", "key=" + forged, "Content-Type", "application/x-www-form-urlencoded")
                    .expect(403);
        } finally {
            root.removeHandler(lines);
        }
        assertThat(lines.texts).noneMatch(text -> text.contains("forged"));
    }

    @Test
    void namesItsAnswersItself() {
        Reply reply = api.send("GET", "/v1/spaces", null, "x-request-id", "req_of_somebody_else");
        assertThat(reply.headers().allValues("x-request-id"))
                .singleElement()
                .asString()
                .startsWith("req_")
                .isNotEqualTo("req_of_somebody_else");
    }

    @Test
    void unpacksNothing() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"name\":\"".getBytes(StandardCharsets.US_ASCII));
            byte[] much = new byte[1 << 20];
            java.util.Arrays.fill(much, (byte) 'a');
            for (int i = 0; i < 100; i++) {
                gzip.write(much);
            }
        }
        assertThat(packed.size()).isLessThan(1 << 20);
        for (String coding : List.of("gzip", "deflate", "br", "gzip, gzip")) {
            byte[] head = ("POST /v1/spaces HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer "
                            + server.local.apiKey() + "\r\nContent-Type: application/json\r\nContent-Encoding: "
                            + coding
                            + "\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            RawHttp.send(port, head, packed.toByteArray()).expectError(415, "request.unsupported_media_type");
        }
    }

    @Test
    void asksNoAddressThatACallerNames() throws IOException {
        try (ServerSocket canary = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + canary.getLocalPort() + "/latest/meta-data";
            String space = api.defaultSpace();
            api.post("/v1/spaces", "{\"name\":\"" + url + "\",\"metadata\":{\"callback\":\"" + url + "\"}}");
            api.post("/v1/spaces", "{\"name\":\"a\",\"mounts\":{\"storage\":{\"space\":\"" + url + "\"}}}");
            String runtimes = "/v1/spaces/" + space + "/runtimes";
            api.post(runtimes, "{\"type\":\"browser\",\"name\":\"" + url + "\",\"extensionIds\":[\"" + url + "\"]}");
            api.post(runtimes, "{\"type\":\"browser\",\"profile\":\"" + url + "\"}");
            String runtime = api.newRuntime();
            String run = api.get(runtime).text("activeRunId");
            api.post(
                    "/v1/runs/" + run + "/events",
                    "{\"events\":[{\"type\":\"x.y\",\"data\":{\"url\":\"" + url + "\"}}]}");
            api.post("/v1/runs/" + run + "/live", "{\"origin\":\"" + url + "\"}");
            api.post("/v1/runs/" + run + "/recording", "{\"origin\":\"" + url + "\"}");
            api.post(runtime + "/files/stage", "{\"url\":\"" + url + "\",\"fileId\":\"" + url + "\"}");
            canary.setSoTimeout(300);
            org.assertj.core.api.Assertions.assertThatThrownBy(canary::accept)
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
