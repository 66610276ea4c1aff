package ai.bctrl.junit.internal.trace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.impl.driver.Driver;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces as Playwright makes them: how it writes them is nobody's contract. */
@Timeout(120)
@BctrlBrowser
class TraceFileBrowserIT {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml", "ttf", "font/ttf");
    private static final String PAGE = """
            <label>Password <input type=password id=p></label><input placeholder=Mail>
            <button onclick="console.warn('said', {a: 1}); alert('hi'); setTimeout(() => { throw new Error('boom') }, 0)">Go</button>
            <iframe srcdoc='<button data-testid=q>In</button>'></iframe><ul><li>One</li><li>Two</li></ul><p id=secret></p>
            """;

    @TempDir
    @Nullable
    Path directory;

    @Test
    void tellsWhatATestDid(Browser browser) throws Exception {
        Path zip = requireNonNull(directory).resolve("trace.zip");
        try (BrowserContext context = browser.newContext()) {
            context.tracing().start(new Tracing.StartOptions());
            Page page = context.newPage();
            page.onDialog(dialog -> dialog.accept());
            page.setContent(PAGE);
            page.getByLabel("Password").fill("hunter2-secret");
            page.getByPlaceholder("Mail").fill("jane@example.com");
            page.keyboard().type("typed");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go"))
                    .click();
            page.frameLocator("iframe").getByTestId("q").click();
            page.locator("li")
                    .filter(new Locator.FilterOptions().setHasText("Two"))
                    .click();
            Page other = context.newPage();
            other.navigate("about:blank");
            other.close();
            assertThat(page.locator("li").first()).hasText("One");
            assertThatThrownBy(() -> page.locator("#nope").click(new Locator.ClickOptions().setTimeout(100)))
                    .isInstanceOf(PlaywrightException.class);
            assertThatThrownBy(() ->
                            assertThat(page).not().hasTitle("", new PageAssertions.HasTitleOptions().setTimeout(500)))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> assertThat(page.locator("ul"))
                            .containsText("Three", new LocatorAssertions.ContainsTextOptions().setTimeout(500)))
                    .isInstanceOf(AssertionError.class);
            context.tracing().stop(new Tracing.StopOptions().setPath(zip));
        }
        TraceFile trace = TraceFile.read(zip);
        Redaction redaction = new Redaction(SecretRules.defaults());
        List<Action> actions = trace.actions().stream()
                .map(action -> action.redacted(redaction))
                .toList();
        assertThat(actions.stream()
                        .filter(action -> !action.call().startsWith("Dialog"))
                        .map(Action::title))
                .containsExactly(
                        "new page",
                        "set content",
                        "fill getByLabel(\"Password\")",
                        "fill getByPlaceholder(\"Mail\")",
                        "type",
                        "click getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(\"Go\"))",
                        "click locator(\"iframe\").contentFrame().getByTestId(\"q\")",
                        "click locator(\"li\").filter(new Locator.FilterOptions().setHasText(\"Two\"))",
                        "new page",
                        "navigate to about:blank",
                        "close",
                        "assertThat(locator(\"li\").first()).hasText(\"One\")",
                        "click locator(\"#nope\")",
                        "assertThat(page).not().hasTitle(\"\")",
                        "assertThat(locator(\"ul\")).containsText(\"Three\")");
        assertThat(actions.stream().map(Action::value))
                .contains("•••", "jane@example.com", "typed", "Three")
                .doesNotContain("hunter2-secret");
        assertThat(actions.stream().filter(action -> action.error() != null).map(Action::error))
                .hasSize(3)
                .first()
                .isEqualTo("TimeoutError: Timeout 100ms exceeded.");
        assertThat(actions.get(actions.size() - 1).error())
                .startsWith("ExpectError: Expect failed")
                .contains("unexpected value");
        assertThat(actions.stream().filter(action -> action.page() == 2)).hasSize(2);
        assertThat(trace.console().stream()
                        .map(line -> line.level() + " "
                                + line.text().lines().findFirst().orElse("")))
                .containsExactly("warning said {a: 1}", "dialog alert: hi", "pageerror Error: boom");
    }

    @Test
    void writesATraceThatTheViewerOpens(Browser browser, Page viewer) throws Exception {
        Path zip = requireNonNull(directory).resolve("trace.zip");
        Path clean = requireNonNull(directory).resolve("clean.zip");
        try (BrowserContext context = browser.newContext()) {
            context.tracing()
                    .start(new Tracing.StartOptions().setSnapshots(true).setScreenshots(true));
            Page page = context.newPage();
            page.setContent(PAGE);
            page.getByLabel("Password").fill("hunter2-secret");
            page.evaluate("document.querySelector('#secret').textContent = 'it is hunter2-secret'");
            page.locator("li").first().click();
            context.tracing().stop(new Tracing.StopOptions().setPath(zip));
        }
        TraceFile trace = TraceFile.read(zip);
        Redaction redaction = new Redaction(SecretRules.defaults());
        trace.learnSecrets(redaction);
        assertThat(trace.write(redaction, clean, 100_000_000)).isEmpty();

        Path app = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir()
                .resolve("package/lib/vite/traceViewer");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(exchange, app, clean));
        server.start();
        try {
            String origin = "http://127.0.0.1:" + server.getAddress().getPort();
            viewer.setViewportSize(1280, 800);
            viewer.navigate(origin + "/index.html?trace=" + origin + "/clean.zip");
            assertThat(viewer.locator(".action-title").filter(new Locator.FilterOptions().setHasText("Fill \"•••\"")))
                    .isVisible();
            viewer.locator(".action-title")
                    .filter(new Locator.FilterOptions().setHasText("Click"))
                    .click();
            viewer.getByText("After", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(viewer.frameLocator("iframe.snapshot-visible").locator("#secret"))
                    .hasText("it is •••");
            assertThat(viewer.frameLocator("iframe.snapshot-visible").locator("#p"))
                    .hasValue("•••");
        } finally {
            server.stop(0);
        }
    }

    private static void serve(HttpExchange exchange, Path app, Path trace) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Path file = path.equals("/clean.zip")
                ? trace
                : app.resolve(path.substring(1)).normalize();
        byte[] body = Files.isRegularFile(file) && (file.equals(trace) || file.startsWith(app))
                ? Files.readAllBytes(file)
                : new byte[0];
        String type = TYPES.get(file.toString().replaceFirst("^.*\\.", ""));
        exchange.getResponseHeaders().set("Content-Type", type == null ? "application/octet-stream" : type);
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
