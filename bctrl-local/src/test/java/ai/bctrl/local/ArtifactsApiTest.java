package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsApiTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final TestServer server = TestServer.start(options -> options.maxFileBytes(1 << 20));
    private final Api api = server.api;
    private final String runtime = api.newRuntime();
    private final String run = "/v1/runs/" + api.get(runtime).text("activeRunId");

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(
                    request.timeout(Duration.ofSeconds(20))
                            .header("Authorization", "Bearer " + server.local.apiKey())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private HttpResponse<byte[]> add(String query, String type, HttpRequest.BodyPublisher body) {
        return exchange(HttpRequest.newBuilder(URI.create(server.local.baseUrl() + run + "/artifacts" + query))
                .header("Content-Type", type)
                .POST(body));
    }

    private JsonObject added(String query, String type, byte[] body) {
        HttpResponse<byte[]> answer = add(query, type, HttpRequest.BodyPublishers.ofByteArray(body));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(200);
        return com.google.gson.JsonParser.parseString(text).getAsJsonObject();
    }

    private HttpResponse<byte[]> download(JsonObject artifact, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(artifact.get("downloadUrl").getAsString()));
        return exchange(headers.length == 0 ? request : request.headers(headers));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private long filesOnDisk() {
        try (Stream<Path> files = Files.walk(server.directory.resolve("files"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException none) {
            return 0;
        }
    }

    @Test
    void keepsWhatAClientAdds() {
        byte[] content = random(300_000);
        JsonObject artifact = added("?kind=screenshot&name=a%20page.png", "image/png", content);
        assertThat(artifact.get("kind").getAsString()).isEqualTo("screenshot");
        assertThat(artifact.get("name").getAsString()).isEqualTo("a page.png");
        assertThat(artifact.get("sizeBytes").getAsLong()).isEqualTo(content.length);
        HttpResponse<byte[]> downloaded = download(artifact);
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(content);
        assertThat(downloaded.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(downloaded.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(downloaded.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        assertThat(api.get(run + "/events?kind=artifact").array("events")).hasSize(1);
        assertThat(api.get(run + "/artifacts").each("artifacts", "id"))
                .containsExactly(artifact.get("id").getAsString());
    }

    @Test
    void listsNewestFirstFilteredInPages() {
        for (String kind : List.of("screenshot", "trace", "screenshot", "pdf")) {
            added("?kind=" + kind + "&name=f", "text/plain", random(10));
        }
        assertThat(api.get(run + "/artifacts").each("artifacts", "kind"))
                .containsExactly("pdf", "screenshot", "trace", "screenshot");
        assertThat(api.get(run + "/artifacts?kind=pdf&kind=trace").each("artifacts", "kind"))
                .containsExactly("pdf", "trace");
        Reply first = api.get(run + "/artifacts?limit=3");
        assertThat(api.get(run + "/artifacts?limit=3&cursor=" + first.text("nextCursor"))
                        .each("artifacts", "kind"))
                .containsExactly("screenshot");
        String space = "/v1/spaces/" + api.defaultSpace() + "/artifacts";
        assertThat(api.get(space).array("artifacts")).hasSize(4);
        assertThat(api.get(space + "?runtimeId=" + NOBODY).array("artifacts")).isEmpty();
        assertThat(api.get(space + "?kind=trace&runtimeId=" + runtime.substring(runtime.lastIndexOf('/') + 1))
                        .array("artifacts"))
                .hasSize(1);
        api.get(space + "?cursor=x").expectError(400, "request.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 100",
        "bytes=100-, 100, 900",
        "bytes=-10, 990, 10",
        "bytes=990-5000, 990, 10",
        "bytes=-5000, 0, 1000"
    })
    void answersARange(String range, int from, int length) {
        byte[] content = random(1000);
        HttpResponse<byte[]> part = download(added("?kind=file&name=f", "a/b", content), "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(content, from, from + length));
        assertThat(part.headers().firstValue("Content-Range"))
                .contains("bytes " + from + "-" + (from + length - 1) + "/1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=-0"})
    void refusesARangeBeyondTheEnd(String range) {
        HttpResponse<byte[]> none = download(added("?kind=file&name=f", "a/b", random(1000)), "Range", range);
        assertThat(none.statusCode()).isEqualTo(416);
        assertThat(none.headers().firstValue("Content-Range")).contains("bytes */1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=999999999999999999999-"})
    void ignoresWhatIsNoSingleRange(String range) {
        assertThat(download(added("?kind=file&name=f", "a/b", random(1000)), "Range", range)
                        .body())
                .hasSize(1000);
    }

    @Test
    void answersARangeOnlyOfTheSameFile() {
        JsonObject artifact = added("?kind=file&name=f", "a/b", random(1000));
        String tag = download(artifact).headers().firstValue("ETag").orElseThrow();
        assertThat(download(artifact, "Range", "bytes=0-9", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(download(artifact, "Range", "bytes=0-9", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(download(artifact, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void tellsTheSizeWithoutTheBytes() {
        JsonObject artifact = added("?kind=file&name=f", "a/b", random(1000));
        HttpResponse<byte[]> head = exchange(
                HttpRequest.newBuilder(URI.create(artifact.get("downloadUrl").getAsString()))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("1000");
        assertThat(head.body()).isEmpty();
        assertThat(download(added("?kind=file&name=empty", "a/b", new byte[0])).body())
                .isEmpty();
    }

    @Test
    void writesNamesThatNoClientMisreads() {
        JsonObject artifact = added("?kind=file&name=..%2F%22%0D%0Ax%3B%20y%E2%82%AC.html", "text/html", random(3));
        assertThat(artifact.get("name").getAsString()).isEqualTo("..____x; y\u20ac.html");
        assertThat(download(artifact).headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"..____x; y_.html\"; filename*=UTF-8''"
                        + "..____x%3B%20y%E2%82%AC.html");
    }

    @Test
    void needsTheKey() {
        JsonObject artifact = added("?kind=file&name=f", "a/b", random(3));
        String path = URI.create(artifact.get("downloadUrl").getAsString()).getPath();
        api.withKey(null).get(path).expectError(401, "auth.required");
        api.withKey("bctrl_wrong").get(path).expectError(401, "auth.invalid");
    }

    @Test
    void refusesAFileThatIsTooLargeAndKeepsNothingOfIt() {
        byte[] content = random((1 << 20) + 1);
        assertThat(add("?kind=file&name=f", "a/b", HttpRequest.BodyPublishers.ofByteArray(content))
                        .statusCode())
                .isEqualTo(413);
        HttpResponse<byte[]> chunked = add(
                "?kind=file&name=f",
                "a/b",
                HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(content)));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(filesOnDisk()).isZero();
        assertThat(api.get(run + "/artifacts").array("artifacts")).isEmpty();
    }

    @Test
    void keepsNothingOfAFileThatBreaksOff() throws IOException {
        URI base = URI.create(server.local.baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + run + "/artifacts?kind=file&name=f HTTP/1.1\r\nHost: " + base.getAuthority()
                            + "\r\nAuthorization: Bearer " + server.local.apiKey()
                            + "\r\nContent-Length: 100000\r\n\r\nhalf of it")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Poll.until("the file is being written", Duration.ofSeconds(5), () -> filesOnDisk() == 1);
        }
        Poll.until("nothing is left", Duration.ofSeconds(5), () -> filesOnDisk() == 0);
        assertThat(api.get(run + "/artifacts").array("artifacts")).isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        for (String query : List.of("", "?kind=file", "?name=f", "?kind=No%20Kind&name=f")) {
            assertThat(add(query, "a/b", HttpRequest.BodyPublishers.ofString("x"))
                            .statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        api.post("/v1/runs/" + NOBODY + "/artifacts?kind=file&name=f", "x").expectError(404, "run.not_found");
        assertThat(filesOnDisk()).isZero();
    }

    @Test
    void removesTheFilesOfASpaceWithIt() {
        String space =
                api.post("/v1/spaces", "{\"name\":\"short\"}").expect(200).text("id");
        String own = api.post("/v1/spaces/" + space + "/runtimes", "{\"type\":\"browser\"}")
                .expect(200)
                .text("activeRunId");
        api.post("/v1/runs/" + own + "/artifacts?kind=file&name=f", "x").expect(200);
        assertThat(filesOnDisk()).isEqualTo(1);
        api.delete("/v1/spaces/" + space).expect(200);
        assertThat(filesOnDisk()).isZero();
    }

    @Test
    void takesArtifactsOfARunThatIsOver() {
        api.send("POST", runtime + "/stop", null).expect(200);
        added("?kind=report&name=r.html", "text/html", random(5));
    }

    @Test
    void isWrittenWithTheKeyThatMayWriteOnly() {
        try (TestServer other = TestServer.start(options -> options.readOnlyApiKey("bctrl_reader"))) {
            String path = "/v1/runs/" + other.api.get(other.api.newRuntime()).text("activeRunId") + "/artifacts";
            Api reader = other.api.withKey("bctrl_reader");
            reader.post(path + "?kind=file&name=f", "x").expectError(403, "auth.forbidden");
            other.api.post(path + "?kind=file&name=f", "x").expect(200);
            assertThat(reader.get(path).array("artifacts")).hasSize(1);
        }
    }
}
