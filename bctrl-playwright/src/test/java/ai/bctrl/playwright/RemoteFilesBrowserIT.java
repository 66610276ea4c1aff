package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.FileQuery;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RemoteFiles;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Downloads and uploads with a control plane of another machine: it runs in a mount namespace of its own, where the
 * directories of this test are hidden, and its own directories are hidden from here.
 */
@Timeout(180)
class RemoteFilesBrowserIT {
    private static final String KEY = "bctrl_far_away";
    private static final int DOWNLOAD = 3 << 20;

    @TempDir
    private Path here;

    @TempDir
    private Path there;

    private final byte[] content = new byte[DOWNLOAD];
    private Process controlPlane;
    private HttpServer site;
    private BctrlClient client;
    private BctrlPlaywright playwright;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(mayUnshare(), "mount namespaces are for root only");
        new Random(1).nextBytes(content);
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            boolean file = exchange.getRequestURI().getPath().equals("/file");
            byte[] body = file
                    ? content
                    : ("<a href='/file' download='report.bin'>get</a><input type=file multiple>"
                                    + "<script>document.querySelector('input').onchange=async e=>{let t='';"
                                    + "for(const f of e.target.files){const d=await crypto.subtle.digest('SHA-256',"
                                    + "await f.arrayBuffer());t+=f.name+':'+f.size+':'+[...new Uint8Array(d)]"
                                    + ".map(b=>b.toString(16).padStart(2,'0')).join('')+';'}document.title=t}</script>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", file ? "application/octet-stream" : "text/html");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        site.start();
        controlPlane = serve();
        String first =
                String.valueOf(controlPlane.inputReader(StandardCharsets.UTF_8).readLine());
        assertThat(first).startsWith("Listening on ");
        String url = first.substring("Listening on ".length());
        client = BctrlClient.builder().apiKey(KEY).baseUrl(url).build();
        playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
    }

    private static boolean mayUnshare() throws IOException, InterruptedException {
        try {
            Process probe = new ProcessBuilder("unshare", "-m", "true")
                    .redirectErrorStream(true)
                    .start();
            return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private Process serve() throws IOException {
        String script = "mount -t tmpfs tmpfs \"$1\" && mount -t tmpfs tmpfs \"$2\" && shift 2 && exec \"$@\"";
        return new ProcessBuilder(
                        "unshare",
                        "-m",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        script,
                        "sh",
                        here.toString(),
                        there.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + there,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "ai.bctrl.local.cli.LocalMain",
                        "serve",
                        "--port",
                        "0",
                        "--api-key",
                        KEY)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (playwright != null) {
            playwright.close();
        }
        if (client != null) {
            client.close();
        }
        if (site != null) {
            site.stop(0);
        }
        if (controlPlane != null) {
            controlPlane.destroy();
            assertThat(controlPlane.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("bctrl-relay-accept"));
    }

    private String address() {
        return "http://127.0.0.1:" + site.getAddress().getPort() + "/";
    }

    private static String sha256(byte[] bytes) throws Exception {
        StringBuilder hex = new StringBuilder();
        for (byte b : java.security.MessageDigest.getInstance("SHA-256").digest(bytes)) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }

    @Test
    void savesDownloadsOfABrowserOfAnotherMachine() throws Exception {
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            Page page = session.page();
            page.navigate(address());
            for (int i = 0; i < 3; i++) {
                Download download = page.waitForDownload(() -> page.click("a"));
                assertThat(download.suggestedFilename()).isEqualTo("report.bin");
                Path saved = here.resolve("saved-" + i);
                download.saveAs(saved);
                assertThat(saved).hasBinaryContent(content);
                assertThat(download.path()).hasBinaryContent(content);
                assertThat(download.failure()).isNull();
            }
            assertThat(page.title()).isEmpty();
        }
        assertThat(client.files()
                        .list(
                                Objects.requireNonNull(client.auth().whoami().defaultSpaceId()),
                                FileQuery.builder().prefix("runs/").build())
                        .items())
                .as("what was carried is taken away again")
                .noneMatch(file -> file.path().contains("/files/"));
    }

    @Test
    void uploadsFilesOfThisMachine() throws Exception {
        byte[] big = new byte[60 << 20];
        new Random(2).nextBytes(big);
        Path large = Files.write(here.resolve("large \u20ac.bin"), big);
        Path small = Files.writeString(here.resolve("small.txt"), "small");
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            Page page = session.page();
            page.navigate(address());
            page.setInputFiles("input", new Path[] {large, small});
            page.waitForCondition(() -> !page.title().isEmpty());
            assertThat(page.title())
                    .isEqualTo("large \u20ac.bin:" + big.length + ":" + sha256(big) + ";small.txt:5:"
                            + sha256("small".getBytes(StandardCharsets.UTF_8)) + ";");
            page.setInputFiles("input", new FilePayload("memory.txt", "text/plain", new byte[] {'m'}));
            page.waitForCondition(() -> page.title().startsWith("memory.txt:1:"));
            page.setInputFiles("input", new Path[0]);
            page.waitForCondition(() -> page.title().isEmpty());
        }
    }

    @Test
    void failsWithoutTheRelay() throws IOException {
        Path large = Files.write(here.resolve("large.bin"), new byte[60 << 20]);
        SessionOptions shared =
                SessionOptions.builder().files(FileSharing.SHARED).build();
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults(), shared)) {
            RemoteFiles files = session.lease().remoteFiles();
            assertThat(files).isNotNull();
            assertThat(Objects.requireNonNull(files).isShared()).isFalse();
            Page page = session.page();
            page.navigate(address());
            assertThatThrownBy(() -> page.setInputFiles("input", large)).isInstanceOf(PlaywrightException.class);
        }
    }
}
