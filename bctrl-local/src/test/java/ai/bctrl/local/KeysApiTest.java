package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.local.internal.service.KeysFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys: several, replaced while the control plane runs, and kept nowhere. */
class KeysApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private static int status(Api api, String key) {
        return api.withKey(key).get("/v1/spaces").status();
    }

    @Test
    void takesSeveralKeys() {
        try (TestServer server = TestServer.start(options ->
                options.apiKey("new-key").furtherApiKeys(List.of("old-key")).readOnlyApiKey("reader"))) {
            assertThat(status(server.api, "new-key")).isEqualTo(200);
            assertThat(status(server.api, "old-key")).isEqualTo(200);
            assertThat(status(server.api, "reader")).isEqualTo(200);
            assertThat(status(server.api, "old-key2")).isEqualTo(401);
            assertThat(server.api
                            .withKey("old-key")
                            .post("/v1/spaces", "{\"name\":\"x\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(server.api.withKey("old-key").get("/v1/auth/whoami").text("keyId"))
                    .isNotEqualTo(server.api.get("/v1/auth/whoami").text("keyId"));
        }
    }

    @Test
    void replacesAKeyWhileItRuns() throws Exception {
        Path path = directory.resolve("keys");
        KeysFile file = new KeysFile(path);
        String old = KeysFile.newKey();
        file.add(old, false, "old");
        try (TestServer server = TestServer.start(options -> options.keysFile(path))) {
            Api api = server.api.withKey(old);
            String keyId = api.get("/v1/auth/whoami").expect(200).text("keyId");
            String cookie = signIn(server.api.baseUrl(), old);
            assertThat(console(server.api.baseUrl(), cookie)).contains("Sign out");

            String fresh = KeysFile.newKey();
            String reader = KeysFile.newKey();
            file.add(fresh, false, "new");
            file.add(reader, true, null);
            Poll.until("the new key is taken", SOON, () -> status(api, reader) == 200);
            assertThat(status(api, fresh)).isEqualTo(200);
            assertThat(api.get("/v1/auth/whoami").text("keyId")).isEqualTo(keyId);
            api.withKey(reader).post("/v1/spaces", "{\"name\":\"x\"}").expectError(403, "auth.forbidden");
            assertThat(console(server.api.baseUrl(), cookie)).contains("Sign out");

            List<String> lines = Files.readAllLines(path);
            Files.write(path, lines.subList(1, lines.size()));
            Poll.until("the old key has ended", SOON, () -> status(api, old) == 401);
            api.get("/v1/spaces").expectError(401, "auth.invalid");
            assertThat(status(api, fresh)).isEqualTo(200);
            assertThat(console(server.api.baseUrl(), cookie)).doesNotContain("Sign out");
        }
    }

    @Test
    void keepsItsKeysWhereTheFileIsNotUsableAnyMore() throws Exception {
        Path path = directory.resolve("keys");
        String key = KeysFile.newKey();
        new KeysFile(path).add(key, false, null);
        try (TestServer server = TestServer.start(options -> options.keysFile(path))) {
            Files.writeString(path, "full " + key + "\n");
            assertKeeps(server.api, key);
            Files.delete(path);
            assertKeeps(server.api, key);
            Files.writeString(path, "# all keys have ended\n");
            Poll.until("the key has ended", SOON, () -> status(server.api, key) == 401);
        }
    }

    /** The file is looked at once a second at most. */
    private static void assertKeeps(Api api, String key) {
        for (long end = System.nanoTime() + 1_500_000_000L; System.nanoTime() - end < 0; ) {
            assertThat(status(api, key)).isEqualTo(200);
        }
    }

    @Test
    void refusesAKeysFileThatItCannotTrust() throws IOException {
        Path path = directory.resolve("keys");
        assertRefused(path, "there is no keys file " + path);
        Files.writeString(path, "# mine\n\nfull a-key-in-the-clear\n");
        assertRefused(path, "line 3 of the keys file " + path);
        Files.delete(path);
        new KeysFile(path).add("key", false, null);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        assertRefused(path, "others may write the keys file " + path);
    }

    private static void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> TestServer.start(options -> options.keysFile(path)))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("a-key-in-the-clear");
    }

    @Test
    void keepsNoKeyOnTheDisk() throws IOException {
        Path data = directory.resolve("data");
        String key = "key-" + KeysFile.newKey();
        String reader = "reader-" + KeysFile.newKey();
        try (TestServer server = TestServer.start(
                options -> options.dataDirectory(data).apiKey(key).readOnlyApiKey(reader))) {
            server.api
                    .send("POST", "/v1/spaces", "{\"name\":\"x\"}", "Idempotency-Key", "once")
                    .expect(200);
            server.api.withKey(reader).get("/v1/auth/whoami").expect(200);
            String runtime = server.api.newRuntime();
            server.attach(server.api.newConnection(runtime).expect(200)).close();
            server.api.send("POST", runtime + "/stop", null).expect(200);
            assertNowhere(data, key, reader);
        }
        assertNowhere(data, key, reader);
    }

    private static void assertNowhere(Path data, String... secrets) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(secrets);
            }
        }
    }

    @Test
    void theCommandShowsAKeyOnceAndKeepsItsHash() throws Exception {
        Path path = directory.resolve("keys");
        Process process = ServeProcess.command(
                        directory, List.of("key", "--keys-file", path.toString(), "--read-only", "--name", "ci"))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).matches("bctrl_[0-9a-f]{48}\\R");
        assertThat(Files.readString(path))
                .matches("read sha256:[0-9a-f]{64} ci\\R")
                .doesNotContain(said.strip());
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (TestServer server = TestServer.start(options -> options.keysFile(path))) {
            assertThat(status(server.api, said.strip())).isEqualTo(200);
        }
    }

    private static String signIn(String baseUrl, String key) throws Exception {
        HttpResponse<String> form = http(HttpRequest.newBuilder(URI.create(baseUrl + "/console/sign-in")));
        String cookie = form.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        Matcher csrf = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(form.body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> in = http(HttpRequest.newBuilder(URI.create(baseUrl + "/console/sign-in"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8) + "&key=" + key)));
        assertThat(in.statusCode()).isEqualTo(303);
        return in.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    }

    private static String console(String baseUrl, String cookie) throws Exception {
        return http(HttpRequest.newBuilder(URI.create(baseUrl + "/console")).header("Cookie", cookie))
                .body();
    }

    private static HttpResponse<String> http(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.timeout(SOON).build(), HttpResponse.BodyHandlers.ofString());
    }
}
