package ai.bctrl.junit.internal.report.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ReportServerTest {
    @TempDir
    @Nullable
    Path directory;

    private @Nullable ReportServer server;

    @BeforeEach
    void start() throws IOException {
        Path attempt = Files.createDirectories(runs().resolve("run 1/Cart/adds[1]/attempt-1"));
        Files.writeString(runs().resolve("run 1/results-1-1.jsonl"), "");
        Files.writeString(runs().resolve("run 1/index.html"), "the report");
        Files.writeString(attempt.resolve("index.html"), "the attempt");
        Files.writeString(attempt.resolve("page-1.html"), "<script>captured</script>");
        Files.writeString(attempt.resolve("page-1.mhtml"), "captured");
        Files.writeString(attempt.resolve("trace.zip"), "0123456789");
        Files.createDirectories(runs().resolve("private"));
        Files.writeString(runs().resolve("private/diary.txt"), "secret");
        Files.writeString(runs().resolve("notes.txt"), "secret");
        Files.createSymbolicLink(attempt.resolve("link.txt"), runs().resolve("private/diary.txt"));
        Path viewer = Files.createDirectories(requireNonNull(directory).resolve("viewer"));
        Files.writeString(viewer.resolve("index.html"), "the viewer");
        Files.writeString(viewer.resolve("sw.bundle.js"), "worker");
        server = ReportServer.start(runs().resolve("run 1"), viewer, 0);
    }

    @AfterEach
    void stop() {
        requireNonNull(server).close();
    }

    @Test
    void leadsToTheReport() throws IOException {
        assertThat(get("/")).startsWith("HTTP/1.1 302").contains("/run/run%201/index.html");
        assertThat(requireNonNull(server).url()).endsWith("/run/run%201/index.html");
    }

    @ParameterizedTest
    @CsvSource({
        "/run/run%201/index.html, text/html, the report",
        "/run/run%201/Cart/adds%5B1%5D/attempt-1/index.html, text/html, the attempt",
        "/run/run%201/Cart/adds%5B1%5D/attempt-1/page-1.html, text/plain, captured",
        "/run/run%201/Cart/adds%5B1%5D/attempt-1/page-1.mhtml, application/octet-stream, captured",
        "/run/run%201/Cart/adds%5B1%5D/attempt-1/trace.zip, application/zip, 0123456789",
        "/trace/, text/html, the viewer",
        "/trace/index.html?trace=x, text/html, the viewer",
        "/trace/sw.bundle.js, text/javascript, worker"
    })
    void servesFilesWithTheirTypes(String path, String type, String content) throws IOException {
        assertThat(get(path))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: " + type)
                .containsIgnoringCase("x-content-type-options: nosniff")
                .containsIgnoringCase("cache-control: no-store")
                .contains(content);
    }

    @Test
    void letsNothingCapturedRun() throws IOException {
        String attempt = "/run/run%201/Cart/adds%5B1%5D/attempt-1/";
        assertThat(get(attempt + "page-1.html")).containsIgnoringCase("content-security-policy: sandbox");
        assertThat(get(attempt + "page-1.mhtml")).containsIgnoringCase("content-disposition: attachment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/run/../../private/diary.txt",
                "/run/run%201/../private/diary.txt",
                "/run/run%201/..%2Fprivate%2Fdiary.txt",
                "/run/run%201/..%5Cprivate%5Cdiary.txt",
                "/run/private/diary.txt",
                "/run/notes.txt",
                "/run/run%201/Cart/adds%5B1%5D/attempt-1/link.txt",
                "/run//etc/passwd",
                "/run/run%201/%00",
                "/trace/../runs/notes.txt",
                "/trace//etc/passwd",
                "/etc/passwd",
                "/run/run%201/"
            })
    void servesNothingElse(String path) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 4").doesNotContain("secret", "root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost", ""})
    void refusesOtherNames(String host) throws IOException {
        assertThat(exchange("GET /run/run%201/index.html HTTP/1.1\r\nHost: " + host + "\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void refusesOtherMethods() throws IOException {
        assertThat(exchange("POST / HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("GET, HEAD");
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        assertThat(exchange("HEAD /run/run%201/index.html HTTP/1.1\r\nHost: " + host() + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 10")
                .doesNotContain("the report");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=2-4, 206, bytes 2-4/10, 234",
        "bytes=7-, 206, bytes 7-9/10, 789",
        "bytes=-2, 206, bytes 8-9/10, 89",
        "bytes=5-99, 206, bytes 5-9/10, 56789",
        "'bytes=1-2,4-5', 200, ok, 0123456789",
        "bytes=4-2, 200, ok, 0123456789",
        "bytes=10-, 200, ok, 0123456789"
    })
    void servesPartsOfAFile(String range, int status, String contentRange, String content) throws IOException {
        String answer = exchange("GET /run/run%201/Cart/adds%5B1%5D/attempt-1/trace.zip HTTP/1.1\r\nHost: " + host()
                + "\r\nRange: " + range + "\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase(contentRange)
                .endsWith("\r\n\r\n" + content);
    }

    private Path runs() {
        return requireNonNull(directory).resolve("runs");
    }

    private String host() {
        return URI.create(requireNonNull(server).origin()).getAuthority();
    }

    private String get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n");
    }

    /** Speaks HTTP itself: a client would mend the paths before it sends them. */
    private String exchange(String head) throws IOException {
        URI origin = URI.create(requireNonNull(server).origin());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
