package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BrowserRemains;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBctrlBrowserIT {
    private final LocalBctrl local = LocalBctrl.start(
            LocalOptions.builder().isolation(BrowserRemains.isolation()).build());
    private final Api api = Api.of(local);

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        local.close();
    }

    private static String id(String runtime) {
        return runtime.substring(runtime.lastIndexOf('/') + 1);
    }

    private static String version(TestSocket socket) throws InterruptedException {
        socket.send("{\"id\":1,\"method\":\"Browser.getVersion\"}");
        return socket.receive("\"id\":1");
    }

    @Test
    void drivesABrowserFromItsStartToItsEnd() throws InterruptedException {
        String runtime = api.newRuntime();
        Reply connection = api.newConnection(runtime).expect(200);
        String browser = Processes.browserOf(id(runtime)).info().command().orElseThrow();
        assertThat(browser).contains("chrom");
        TestSocket socket = TestSocket.open(TestServer.url(connection));
        assertThat(version(socket)).contains("Chrome/");
        Reply stopped = api.send("POST", runtime + "/stop", null).expect(200);
        assertThat(stopped.text("status")).isEqualTo("stopped");
        assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1001, "runtime stopped"));
        assertThat(Processes.naming(id(runtime))).isEmpty();
    }

    @Test
    void tellsWithinTwoSecondsThatABrowserWasKilled() throws Exception {
        String runtime = api.newRuntime();
        String run = api.get(runtime).text("activeRunId");
        TestSocket socket = TestSocket.open(TestServer.url(api.newConnection(runtime)));
        assertThat(version(socket)).contains("Chrome/");
        ProcessHandle browser = Processes.browserOf(id(runtime));
        long start = System.nanoTime();
        Processes.signal("KILL", browser.pid());
        assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1011, "browser crashed: killed by SIGKILL"));
        Reply failed = api.get(runtime);
        Reply ended = api.get("/v1/runs/" + run);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.object("summary").get("failureReason").getAsString())
                .isEqualTo("browser crashed: killed by SIGKILL");
        assertThat(ended.text("status")).isEqualTo("failed");
        assertThat(ended.text("reason")).isEqualTo("browser crashed: killed by SIGKILL");
        Poll.until(
                "nothing of the browser is left",
                Duration.ofSeconds(10),
                () -> Processes.naming(id(runtime)).isEmpty());
    }

    @Test
    void tellsThatAControllerClosedTheBrowser() {
        String runtime = api.newRuntime();
        TestSocket socket = TestSocket.open(TestServer.url(api.newConnection(runtime)));
        socket.send("{\"id\":1,\"method\":\"Browser.close\"}");
        assertThat(socket.awaitClose().code()).isIn(1000, 1006, 1011);
        Poll.until(
                "the runtime failed",
                Duration.ofSeconds(5),
                () -> api.get(runtime).text("status").equals("failed"));
        assertThat(api.get(runtime).text()).contains("browser ended by itself: exited with status 0");
    }

    @Test
    void keepsABrowserThatGotJunk() throws Exception {
        String runtime = api.newRuntime();
        URI url = URI.create(TestServer.url(api.newConnection(runtime)));
        byte[] junk = new byte[100_000];
        new Random(3).nextBytes(junk);
        byte[] upgrade = ("GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: "
                        + url.getAuthority() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(RawHttp.send(url.getPort(), upgrade, junk).status()).isEqualTo(101);
        Poll.until(
                "the lease can be used again", Duration.ofSeconds(10), () -> TestSocket.refusal(url.toString()) == 101);
        Poll.until("the browser answers", Duration.ofSeconds(10), () -> TestSocket.refusal(url.toString()) == 101);
        assertThat(api.get(runtime).text("status")).isEqualTo("active");
    }

    @Test
    void servesBesideAnotherControlPlane() throws InterruptedException {
        String mine = api.newRuntime();
        TestSocket socket = TestSocket.open(TestServer.url(api.newConnection(mine)));
        String theirs;
        try (LocalBctrl other = LocalBctrl.start(
                LocalOptions.builder().isolation(BrowserRemains.isolation()).build())) {
            theirs = Api.of(other).newRuntime();
            api.get(theirs).expectError(404, "space.not_found");
        }
        assertThat(Processes.naming(id(theirs))).isEmpty();
        assertThat(version(socket)).contains("Chrome/");
    }

    @Test
    void keepsTheProfileOfADataDirectory() throws IOException {
        Path data = temporary.resolve("data");
        LocalOptions options = LocalOptions.builder()
                .isolation(BrowserRemains.isolation())
                .dataDirectory(data)
                .build();
        try (LocalBctrl durable = LocalBctrl.start(options)) {
            Api durableApi = Api.of(durable);
            String runtimes = "/v1/spaces/" + durableApi.defaultSpace() + "/runtimes";
            Reply runtime = durableApi.post(runtimes, "{\"type\":\"browser\",\"profile\":\"shop\"}");
            durableApi
                    .send("POST", runtimes + "/" + runtime.expect(200).text("id") + "/stop", null)
                    .expect(200);
            durableApi
                    .post(runtimes, "{\"type\":\"browser\",\"profile\":\"shop\"}")
                    .expect(200);
        }
        try (Stream<Path> kept = Files.list(data.resolve("profiles/shop"))) {
            assertThat(kept).isNotEmpty();
        }
    }

    @Test
    void saysWhyABrowserDidNotStart() throws IOException {
        Path broken = Files.writeString(temporary.resolve("chromium"), "#!/bin/sh\necho no libnss3 >&2\nexit 127\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        try (LocalBctrl unlucky = LocalBctrl.start(LocalOptions.builder()
                .isolation(BrowserRemains.isolation())
                .chromium(broken)
                .build())) {
            Api unluckyApi = Api.of(unlucky);
            Reply failed =
                    unluckyApi.post("/v1/spaces/" + unluckyApi.defaultSpace() + "/runtimes", "{\"type\":\"browser\"}");
            failed.expectError(503, "runtime.launch_failed");
            assertThat(failed.text("error")).contains(broken.toString(), "no libnss3");
        }
    }
}
