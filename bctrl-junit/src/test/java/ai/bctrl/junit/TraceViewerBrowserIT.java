package ai.bctrl.junit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.impl.driver.Driver;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kept trace can be opened in Playwright's own viewer. */
@Timeout(120)
class TraceViewerBrowserIT {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml", "ttf", "font/ttf");

    @TempDir
    @Nullable
    Path directory;

    @Test
    @BctrlBrowser
    void theKeptTraceOpensInTheTraceViewer(Page viewer) throws Exception {
        Path attempt = failedAttempt();
        Path app = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir()
                .resolve("package/lib/vite/traceViewer");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(exchange, app, attempt));
        server.start();
        try {
            String origin = "http://127.0.0.1:" + server.getAddress().getPort();
            viewer.setViewportSize(1280, 800);
            viewer.navigate(origin + "/index.html?trace=" + origin + "/trace.zip");
            assertThat(viewer.locator(".action-title")
                            .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Click")))
                    .isVisible();
            viewer.getByText("Click").first().click();
            viewer.getByText("After", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(viewer.frameLocator("iframe.snapshot-visible").locator("#basket"))
                    .hasText("Kite, red");
            viewer.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "trace-viewer.png")));
        } finally {
            server.stop(0);
        }
    }

    private Path failedAttempt() throws IOException {
        JupiterRun run = new JupiterRun(requireNonNull(directory)).with("bctrl.trace", "SNAPSHOTS");
        assertThat(run.of(FailingTestCases.class).failures()).hasSize(1);
        try (Stream<Path> files = Files.walk(run.evidence())) {
            return requireNonNull(files.filter(file -> file.endsWith("trace.zip"))
                    .findFirst()
                    .orElseThrow()
                    .getParent());
        }
    }

    @BctrlBrowser
    static class FailingTestCases {
        @Test
        void fails(Page page) {
            page.setContent("<ul><li id=basket>Kite</li></ul>"
                    + "<button onclick=\"document.querySelector('#basket').append(', red')\">Red</button>");
            page.locator("button").click();
            fail("no <kite> today");
        }
    }

    private static void serve(HttpExchange exchange, Path app, Path attempt) throws IOException {
        URI uri = exchange.getRequestURI();
        Path file = uri.getPath().equals("/trace.zip")
                ? attempt.resolve("trace.zip")
                : app.resolve(uri.getPath().substring(1)).normalize();
        byte[] body = file.startsWith(app) || file.startsWith(attempt) ? read(file) : new byte[0];
        String type = TYPES.get(file.toString().replaceFirst("^.*\\.", ""));
        exchange.getResponseHeaders().set("Content-Type", type == null ? "application/octet-stream" : type);
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] read(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    }
}
