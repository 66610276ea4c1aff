package ai.bctrl.junit.internal.redaction;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.internal.har.HarFile;
import ai.bctrl.junit.internal.trace.TraceFile;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.HarContentPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants a secret in each place that a browser knows, and looks for them in all that is kept. */
@Timeout(120)
@BctrlBrowser
class CanaryBrowserIT {
    private static final long MUCH = 100_000_000;

    @TempDir
    @Nullable
    Path directory;

    private final Canaries canaries = new Canaries();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingThatIsKeptHoldsASecret(boolean full, Browser browser) throws Exception {
        Path dir = requireNonNull(directory);
        Map<String, byte[]> raw = new TreeMap<>();
        try (CanaryServer server = new CanaryServer(canaries);
                BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setHttpCredentials(server.basicUser(), server.basicPassword())
                        .setExtraHTTPHeaders(Map.of("X-Session-Id", canaries.plain("extra header"))))) {
            context.tracing()
                    .start(new Tracing.StartOptions().setSnapshots(full).setScreenshots(full));
            context.tracing()
                    .startHar(
                            dir.resolve("network").resolve("driver.har"),
                            new Tracing.StartHarOptions().setContent(HarContentPolicy.ATTACH));
            use(context, server);
            Page page = context.pages().get(0);
            raw.put("page.html", page.content().getBytes(StandardCharsets.UTF_8));
            raw.put("page.mhtml", mhtml(context, page));
            raw.put("storage.json", context.storageState().getBytes(StandardCharsets.UTF_8));
            context.tracing().stopHar();
            context.tracing().stop(new Tracing.StopOptions().setPath(dir.resolve("trace.zip")));
        }

        Redaction redaction = new Redaction(SecretRules.defaults());
        TraceFile trace = TraceFile.read(dir.resolve("trace.zip"));
        HarFile har = HarFile.read(dir.resolve("network").resolve("driver.har"));
        trace.learnSecrets(redaction);
        har.learnSecrets(redaction);
        redaction.learnHtml(text(raw, "page.html"));
        Mhtml.learn(requireNonNull(raw.get("page.mhtml")), redaction);
        redaction.learnStorageState(text(raw, "storage.json"));

        Map<String, byte[]> kept = new TreeMap<>();
        kept.put("page.html", redaction.html(text(raw, "page.html")).getBytes(StandardCharsets.UTF_8));
        kept.put("page.mhtml", Mhtml.redact(requireNonNull(raw.get("page.mhtml")), redaction));
        kept.put(
                "actions",
                lines(trace.actions().stream()
                        .map(action -> action.redacted(redaction))
                        .toList()));
        kept.put(
                "console",
                lines(trace.console().stream()
                        .map(line -> line.redacted(redaction))
                        .toList()));
        kept.put(
                "exchanges",
                lines(har.exchanges().stream()
                        .map(one -> one.redacted(redaction))
                        .toList()));
        assertThat(har.write(redaction, dir.resolve("network.har"), MUCH, MUCH)).isEmpty();
        kept.put("network.har", Files.readAllBytes(dir.resolve("network.har")));
        assertThat(trace.write(redaction, dir.resolve("clean.zip"), MUCH)).isEmpty();
        kept.putAll(members(dir.resolve("clean.zip")));

        raw.putAll(members(dir.resolve("trace.zip")));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir.resolve("network"))) {
            for (Path file : files) {
                raw.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        assertThat(canaries.in(all(raw))).as("the secrets were there").isEqualTo(canaries.names());
        Map<String, Set<String>> leaks = new TreeMap<>();
        kept.forEach((name, content) -> {
            Set<String> found = canaries.in(content);
            if (!found.isEmpty()) {
                leaks.put(name, found);
            }
        });
        assertThat(leaks).isEmpty();
        assertInnocent(full, kept);
    }

    private void use(BrowserContext context, CanaryServer server) {
        context.addCookies(List.of(new Cookie("access_token", canaries.plain("added cookie")).setUrl(server.origin())));
        Page page = context.newPage();
        page.navigate(server.origin() + "/login?token=" + canaries.plain("query") + "&q=innocent-query#access_token="
                + canaries.plain("fragment"));
        assertThat(page).hasTitle("Innocent-ready");
        page.getByLabel("Password").fill(canaries.odd("password"));
        page.getByLabel("Card number").pressSequentially(canaries.plain("card"));
        page.locator("#plain").fill("innocent-typed");
        assertThat(page.getByLabel("Password")).not().hasValue(canaries.odd("expected"));
        page.evaluate("secrets => 1", Map.of("password", canaries.plain("evaluated"), "word", "innocent-evaluated"));
        page.setExtraHTTPHeaders(Map.of("X-Client-Secret", canaries.plain("page header")));
        page.getByText("Send").click();
        assertThat(page.locator("p")).containsText("innocent-done");
    }

    private static byte[] mhtml(BrowserContext context, Page page) {
        CDPSession session = context.newCDPSession(page);
        JsonObject params = new JsonObject();
        params.addProperty("format", "mhtml");
        String data = session.send("Page.captureSnapshot", params).get("data").getAsString();
        session.detach();
        return data.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertInnocent(boolean full, Map<String, byte[]> kept) {
        assertThat(text(kept, "console"))
                .contains("innocent-console the token expired")
                .contains("innocent-object", "innocent-jsonline", "innocent-end", "theme=dark", "innocent-query")
                .contains("innocent-error", "pageerror");
        assertThat(text(kept, "actions")).contains("innocent-typed", "innocent-query", "click getByText(\"Send\")");
        assertThat(text(kept, "exchanges")).contains("innocent-query", "status=302", "text/html");
        assertThat(text(kept, "network.har"))
                .contains("innocent-json", "innocent-multipart", "innocent-answer", "innocent-header", "innocent-user")
                .contains("innocent-uploaded", "innocent-echo", "innocent-inline", "innocent-style", "innocent-link");
        assertThat(text(kept, "page.html")).contains("innocent-done", "innocent-user");
        assertThat(text(kept, "page.mhtml")).contains("innocent-done", "innocent-user");
        assertThat(text(kept, "trace.trace"))
                .contains(
                        "innocent-typed", "innocent-evaluated", "innocent-console the token expired", "innocent-done");
        if (full) {
            assertThat(text(kept, "trace.network")).contains("innocent-query", "innocent-header");
            assertThat(text(kept, "trace.trace")).contains("innocent-body", "frame-snapshot");
        }
    }

    private static byte[] lines(List<?> records) {
        return String.join("\n", records.stream().map(Object::toString).toList())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(requireNonNull(files.get(name), name), StandardCharsets.UTF_8);
    }

    private static byte[] all(Map<String, byte[]> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files.values().forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static Map<String, byte[]> members(Path zip) throws IOException {
        Map<String, byte[]> members = new TreeMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream().toList()) {
                members.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        return members;
    }
}
