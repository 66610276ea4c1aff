package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesApiTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final TestServer server = TestServer.start(options -> options.maxFileBytes(1 << 20));
    private final Api api = server.api;
    private final String files = "/v1/spaces/" + api.defaultSpace() + "/storage/files";

    @AfterEach
    void close() {
        server.close();
    }

    private Reply upload(String file, @Nullable String path, @Nullable String metadata) {
        StringBuilder form = new StringBuilder();
        if (path != null) {
            form.append(part("form-data; name=\"path\"", null, path));
        }
        if (metadata != null) {
            form.append(part("form-data; name=\"metadata\"", "application/json", metadata));
        }
        form.append(part("form-data; name=\"file\"; filename=\"notes.txt\"", "text/plain", file));
        return send(form + "--xyz--\r\n");
    }

    private static String part(String disposition, @Nullable String type, String body) {
        return "--xyz\r\nContent-Disposition: " + disposition + "\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n" + body + "\r\n";
    }

    private Reply send(String form) {
        return api.send("POST", files, form, "Content-Type", "multipart/form-data; boundary=xyz");
    }

    private String content(String id) {
        return api.get(files + "/" + id + "/content").expect(200).text();
    }

    private long onDisk() {
        try (Stream<Path> all = Files.walk(server.directory.resolve("files"))) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException none) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 300_000})
    void keepsAFileOfASpace(int size) {
        String text = "x".repeat(size);
        Reply file = upload(text, "docs/2027/notes.txt", "{\"for\":[\"me\"]}").expect(200);
        assertThat(file.text("name")).isEqualTo("notes.txt");
        assertThat(file.text("path")).isEqualTo("docs/2027/notes.txt");
        assertThat(file.text("contentType")).isEqualTo("text/plain");
        assertThat(file.json().get("sizeBytes").getAsInt()).isEqualTo(size);
        assertThat(file.object("metadata")).hasToString("{\"for\":[\"me\"]}");
        assertThat(content(file.text("id"))).isEqualTo(text);
        assertThat(api.get(files + "/" + file.text("id")).text()).isEqualTo(file.text());
        assertThat(onDisk()).isEqualTo(1);
    }

    @Test
    void takesTheNameOfTheFileWhereNoOtherIsGiven() {
        assertThat(upload("x", null, null).expect(200).text("path")).isEqualTo("notes.txt");
    }

    @Test
    void listsByPrefixNewestFirstInPages() {
        for (String path : List.of("a/1", "b/1", "a/2", "A/3")) {
            upload("x", path, null).expect(200);
        }
        assertThat(api.get(files).each("files", "path")).containsExactly("A/3", "a/2", "b/1", "a/1");
        assertThat(api.get(files + "?prefix=a/").each("files", "path")).containsExactly("a/2", "a/1");
        Reply first = api.get(files + "?prefix=a/&limit=1");
        assertThat(api.get(files + "?prefix=a/&limit=1&cursor=" + first.text("nextCursor"))
                        .each("files", "path"))
                .containsExactly("a/1");
    }

    @Test
    void deletesAFile() {
        String id = upload("x", null, null).expect(200).text("id");
        api.delete(files + "/" + id).expect(200);
        api.get(files + "/" + id).expectError(404, "file.not_found");
        api.get(files + "/" + id + "/content").expectError(404, "file.not_found");
        api.delete(files + "/" + id).expectError(404, "file.not_found");
        assertThat(onDisk()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../up", "a/../b", "a//b", "a/./b", "a\\b", "a/"})
    void refusesAPathThatLeadsElsewhere(String path) {
        upload("x", path, null).expectError(400, "request.invalid").expectField("path");
        assertThat(onDisk()).isZero();
    }

    @Test
    void refusesWhatIsNoForm() {
        api.post(files, "{}").expectError(415, "request.unsupported_media_type");
        send(part("form-data; name=\"path\"", null, "x") + "--xyz--\r\n")
                .expectError(400, "request.invalid")
                .expectField("file");
        send("--xyz\r\nbroken").expectError(400, "request.malformed");
        upload("x", null, "[1]").expectError(400, "request.invalid").expectField("metadata");
        upload("x".repeat((1 << 20) + 1), null, null).expectError(413, "file.too_large");
        assertThat(onDisk()).isZero();
    }

    @Test
    void hidesTheFilesOfOtherSpaces() {
        String id = upload("x", null, null).expect(200).text("id");
        String other =
                api.post("/v1/spaces", "{\"name\":\"other\"}").expect(200).text("id");
        api.get("/v1/spaces/" + other + "/storage/files/" + id).expectError(404, "file.not_found");
        api.get("/v1/spaces/" + other + "/storage/files/" + id + "/content").expectError(404, "file.not_found");
    }

    @Test
    void stagesAFileForTheBrowserAndCollectsIt() throws IOException {
        String runtime = api.newRuntime();
        String id = upload("to the browser", "in/notes.txt", null).expect(200).text("id");
        Path staged = Path.of(api.post(runtime + "/files/stage", "{\"fileId\":\"" + id + "\"}")
                .expect(200)
                .text("path"));
        assertThat(staged).hasContent("to the browser").hasFileName("notes.txt");
        assertThat(Path.of(api.post(runtime + "/files/stage", "{\"path\":\"in/notes.txt\",\"name\":\"../b.txt\"}")
                        .expect(200)
                        .text("path")))
                .hasFileName(".._b.txt");
        Path directory = Path.of(api.newConnection(runtime).expect(200).text("filesDirectory"));
        assertThat(staged).startsWith(directory);
        Files.writeString(
                Files.createDirectories(directory.resolve("downloads")).resolve("guid"), "from the browser");
        Reply collected = api.post(
                        runtime + "/files/collect",
                        "{\"path\":\"" + directory.resolve("downloads/guid") + "\",\"storagePath\":\"out/report.txt\","
                                + "\"contentType\":\"text/plain\",\"artifact\":{\"kind\":\"download\"}}")
                .expect(200);
        assertThat(collected.object("file").get("path").getAsString()).isEqualTo("out/report.txt");
        assertThat(content(collected.object("file").get("id").getAsString())).isEqualTo("from the browser");
        assertThat(api.get("/v1/runs/" + api.get(runtime).text("activeRunId") + "/artifacts?kind=download")
                        .each("artifacts", "name"))
                .containsExactly("report.txt");
        api.send("POST", runtime + "/stop", null).expect(200);
        Poll.until("the directory goes with the runtime", Duration.ofSeconds(5), () -> !Files.exists(directory));
        api.post(runtime + "/files/stage", "{\"fileId\":\"" + id + "\"}").expectError(409, "runtime.not_active");
    }

    @Test
    void collectsNothingOfOtherPlaces(@TempDir Path elsewhere) throws IOException {
        String runtime = api.newRuntime();
        Path directory = Path.of(api.newConnection(runtime).expect(200).text("filesDirectory"));
        Path secret = Files.writeString(elsewhere.resolve("secret"), "x");
        Files.createSymbolicLink(directory.resolve("link"), secret);
        for (String path : List.of(
                secret.toString(),
                directory + "/link",
                directory + "/../../secret",
                directory.toString(),
                directory + "/none",
                "\\u0000")) {
            api.post(runtime + "/files/collect", "{\"path\":\"" + path + "\"}").expectError(404, "file.not_found");
        }
    }

    @Test
    void refusesUnclearRequestsToStage() {
        String runtime = api.newRuntime();
        api.post(runtime + "/files/stage", "{}").expectError(400, "request.invalid");
        api.post(runtime + "/files/stage", "{\"fileId\":\"a\",\"path\":\"b\"}").expectError(400, "request.invalid");
        api.post(runtime + "/files/stage", "{\"path\":\"none\"}").expectError(404, "file.not_found");
    }

    @Test
    void answersManyUploadsAtOnce() {
        List<String> ids = Stream.generate(() -> "x".repeat(200_000))
                .limit(40)
                .parallel()
                .map(text -> upload(text, null, null).expect(200).text("id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(40);
        assertThat(onDisk()).isEqualTo(40);
    }

    @Test
    void keepsFilesInTheDataDirectory(@TempDir Path data) throws Exception {
        String path;
        try (TestServer first = TestServer.start(options -> options.dataDirectory(data))) {
            String run = first.api.get(first.api.newRuntime()).text("activeRunId");
            path = URI.create(first.api
                            .post("/v1/runs/" + run + "/artifacts?kind=report&name=r", "kept")
                            .expect(200)
                            .text("downloadUrl"))
                    .getPath();
            Files.writeString(data.resolve("files/" + path.split("/", -1)[3] + "/half.part"), "x");
        }
        try (TestServer second = TestServer.start(options -> options.dataDirectory(data))) {
            HttpResponse<String> kept = HTTP.send(
                    HttpRequest.newBuilder(URI.create(second.local.baseUrl() + path))
                            .header("Authorization", "Bearer " + second.local.apiKey())
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(kept.body()).isEqualTo("kept");
            try (Stream<Path> all = Files.walk(data)) {
                assertThat(all).noneMatch(file -> file.toString().endsWith(".part"));
            }
        }
    }
}
