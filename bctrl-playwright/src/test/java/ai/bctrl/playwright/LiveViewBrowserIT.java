package ai.bctrl.playwright;

import static ai.bctrl.playwright.LiveWorld.await;
import static ai.bctrl.playwright.LiveWorld.awaitState;
import static ai.bctrl.playwright.LiveWorld.colour;
import static ai.bctrl.playwright.LiveWorld.isClose;
import static ai.bctrl.playwright.LiveWorld.shot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.ViewerControl;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A person's browser watches a run and steers it. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveViewBrowserIT {
    private static final String COLOURS = """
            <!doctype html><title>Colours</title>
            <style>html,body{margin:0;height:100%}body{display:grid;grid-template:1fr 1fr/1fr 1fr}
            b{font:700 90px sans-serif;color:#fff}</style>
            <div id=a></div><div id=b></div><div id=c></div><div id=d></div>
            <script>
              function paint(n) {
                const of = (r, g, b) => `rgb(${r}, ${g}, ${b})`;
                a.style.background = of((n * 40) % 256, 30, 200);
                b.style.background = of(20, (n * 70) % 256, 60);
                c.style.background = of(220, 190, (n * 25) % 256);
                d.style.background = of((n * 90) % 256, (n * 50) % 256, 90);
                document.title = 'Colours ' + n;
              }
              paint(0);
            </script>""";

    private static final String FORM = """
            <!doctype html><title>Form</title>
            <style>body{font:20px sans-serif;margin:0;height:3000px}
            button{position:absolute;left:40px;top:40px;width:300px;height:100px}
            textarea{position:absolute;left:40px;top:200px;width:600px;height:200px;font:24px sans-serif}</style>
            <button>Press</button><textarea autofocus></textarea>
            <script>
              window.seen = [];
              const tell = (name, e) => seen.push(name + (e.button ? e.button : '')
                + (e.ctrlKey ? ' ctrl' : '') + (e.shiftKey ? ' shift' : '') + (e.isTrusted ? '' : ' FALSE'));
              const button = document.querySelector('button');
              for (const name of ['click', 'dblclick', 'contextmenu', 'touchstart', 'touchend'])
                button.addEventListener(name, e => tell(name, e));
              const field = document.querySelector('textarea');
              for (const name of ['compositionstart', 'compositionupdate', 'compositionend'])
                field.addEventListener(name, e => seen.push(name + ' ' + e.data));
              field.addEventListener('keydown', e => tell('key ' + e.key, e));
            </script>""";

    private @Nullable LiveWorld opened;

    @BeforeAll
    void open() {
        opened = new LiveWorld();
    }

    @AfterAll
    void close() {
        world().close();
    }

    @AfterEach
    void endBrowsers() {
        world().closePersonPages();
        world().endWatched();
    }

    private LiveWorld world() {
        LiveWorld world = opened;
        assertThat(world).isNotNull();
        return java.util.Objects.requireNonNull(world);
    }

    private Page show(String html) {
        Page page = world().watched().page();
        page.navigate(LiveWorld.dataUrl(html));
        return page;
    }

    @Test
    void showsWhatThePageShows() {
        Page page = show(COLOURS);
        Page viewer = world().viewer(ViewerControl.NONE);
        for (int n = 1; n < 6; n++) {
            page.evaluate("n => paint(n)", n);
            awaitColours(viewer, n);
        }
        viewer.waitForFunction("() => document.querySelector('.tab.on').textContent.startsWith('Colours 5')");
        shot(viewer, "live-none");
    }

    private static void awaitColours(Page viewer, int n) {
        await(
                viewer,
                "colours of " + n,
                () -> isClose(colour(viewer, 0.25, 0.25), n * 40 % 256, 30, 200)
                        && isClose(colour(viewer, 0.75, 0.25), 20, n * 70 % 256, 60)
                        && isClose(colour(viewer, 0.25, 0.75), 220, 190, n * 25 % 256)
                        && isClose(colour(viewer, 0.75, 0.75), n * 90 % 256, n * 50 % 256, 90));
    }

    @Test
    void showsTheLastPictureOfABurst() {
        Page page = show(COLOURS);
        Page viewer = world().viewer(ViewerControl.NONE);
        for (int round = 0; round < 5; round++) {
            int last = 30 + round;
            page.evaluate(
                    "last => new Promise(done => { let n = 0; const step = () => {"
                            + " if (++n < 12) { paint(n); requestAnimationFrame(step); } else { paint(last); done(); } };"
                            + " requestAnimationFrame(step); })",
                    last);
            awaitColours(viewer, last);
        }
    }

    @Test
    void sendsNoFramesAtRest() {
        show(COLOURS);
        Page viewer = world().viewer(ViewerControl.NONE);
        viewer.waitForTimeout(1500);
        viewer.evaluate("window.count = 0; window.addEventListener('live-frame', () => count++)");
        viewer.waitForTimeout(3000);
        assertThat(viewer.evaluate("count")).isEqualTo(0);
    }

    @Test
    void twoViewersAgree() {
        Page page = show(COLOURS);
        Page first = world().viewer(ViewerControl.NONE);
        Page second = world().viewer(ViewerControl.INPUT);
        for (int n = 7; n < 10; n++) {
            page.evaluate("n => paint(n)", n);
            awaitColours(first, n);
            awaitColours(second, n);
        }
        first.close();
        page.evaluate("paint(11)");
        awaitColours(second, 11);
    }

    /** The point of the viewer's page that shows a point of the watched page. */
    private static double[] at(Page viewer, double x, double y) {
        Object found = viewer.evaluate(
                "([x, y]) => { const r = document.querySelector('#screen')"
                        + ".getBoundingClientRect(); return [r.left + x * r.width / 1280, r.top + y * r.height / 720].join(); }",
                List.of(x, y));
        String[] parts = String.valueOf(found).split(",", -1);
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
    }

    private static void click(Page viewer, double x, double y, Mouse.ClickOptions options) {
        double[] point = at(viewer, x, y);
        viewer.mouse().click(point[0], point[1], options);
    }

    private static void awaitSeen(Page page, String expected) {
        page.waitForFunction("e => seen.join('|').includes(e)", expected);
    }

    @Test
    void clicksArrive() {
        Page page = show(FORM);
        Page viewer = world().viewer(ViewerControl.INPUT);
        click(viewer, 100, 80, new Mouse.ClickOptions());
        awaitSeen(page, "click");
        click(viewer, 100, 80, new Mouse.ClickOptions().setClickCount(2));
        awaitSeen(page, "dblclick");
        click(viewer, 100, 80, new Mouse.ClickOptions().setButton(MouseButton.RIGHT));
        awaitSeen(page, "contextmenu2");
        viewer.keyboard().down("Control");
        click(viewer, 100, 80, new Mouse.ClickOptions());
        viewer.keyboard().up("Control");
        awaitSeen(page, "click ctrl");
        double[] point = at(viewer, 700, 500);
        viewer.mouse().move(point[0], point[1]);
        viewer.mouse().wheel(0, 400);
        page.waitForFunction("scrollY > 100");
        assertThat(String.valueOf(page.evaluate("seen.join()"))).doesNotContain("FALSE");
    }

    @Test
    void typedTextArrives() {
        Page page = show(FORM);
        Page viewer = world().viewer(ViewerControl.INPUT);
        click(viewer, 100, 300, new Mouse.ClickOptions());
        viewer.keyboard().type("Hello, World");
        awaitText(page, "Hello, World");
        viewer.keyboard().press("Shift+X");
        awaitText(page, "Hello, WorldX");
        awaitSeen(page, "key X shift");
        viewer.keyboard().press("Shift+Home");
        viewer.keyboard().press("Delete");
        awaitText(page, "");
        viewer.keyboard().type("abc");
        viewer.keyboard().press("Enter");
        viewer.keyboard().type("d");
        awaitText(page, "abc\nd");
        viewer.keyboard().press("Control+a");
        viewer.keyboard().press("Backspace");
        awaitText(page, "");
        viewer.keyboard().insertText("Grüße, мир, 你好 👋");
        awaitText(page, "Grüße, мир, 你好 👋");
        viewer.evaluate("() => { const data = new DataTransfer(); data.setData('text/plain', ' pasted ✓');"
                + " document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
                + " { clipboardData: data, cancelable: true })); }");
        awaitText(page, "Grüße, мир, 你好 👋 pasted ✓");
        shot(viewer, "live-input-typing");
        viewer.keyboard().press("Shift+Escape");
        viewer.waitForFunction("() => document.activeElement.id === 'screen'");
    }

    private static void awaitText(Page page, String text) {
        page.waitForFunction("t => document.querySelector('textarea').value === t", text);
    }

    @Test
    void composedTextArrives() {
        Page page = show(FORM);
        Page viewer = world().viewer(ViewerControl.INPUT);
        click(viewer, 100, 300, new Mouse.ClickOptions());
        CDPSession keyboard = viewer.context().newCDPSession(viewer);
        compose(keyboard, "に");
        awaitSeen(page, "compositionupdate に");
        compose(keyboard, "にほ");
        awaitText(page, "にほ");
        JsonObject text = new JsonObject();
        text.addProperty("text", "日本");
        keyboard.send("Input.insertText", text);
        awaitSeen(page, "compositionend 日本");
        awaitText(page, "日本");
        viewer.keyboard().type("!");
        awaitText(page, "日本!");
    }

    private static void compose(CDPSession keyboard, String text) {
        JsonObject params = new JsonObject();
        params.addProperty("text", text);
        params.addProperty("selectionStart", text.length());
        params.addProperty("selectionEnd", text.length());
        keyboard.send("Input.imeSetComposition", params);
    }

    @Test
    void touchesArrive() {
        Page page = show(FORM);
        Page viewer = world().viewer(ViewerControl.INPUT);
        CDPSession screen = viewer.context().newCDPSession(viewer);
        double[] point = at(viewer, 100, 80);
        screen.send("Input.dispatchTouchEvent", touch("touchStart", point));
        screen.send("Input.dispatchTouchEvent", touch("touchEnd"));
        awaitSeen(page, "touchstart|touchend");
        awaitSeen(page, "click");
        assertThat(page.evaluate("seen.filter(s => s === 'click').length")).isEqualTo(1);
    }

    private static JsonObject touch(String type, double[]... points) {
        com.google.gson.JsonArray list = new com.google.gson.JsonArray();
        for (double[] point : points) {
            JsonObject finger = new JsonObject();
            finger.addProperty("x", point[0]);
            finger.addProperty("y", point[1]);
            list.add(finger);
        }
        JsonObject params = new JsonObject();
        params.addProperty("type", type);
        params.add("touchPoints", list);
        return params;
    }

    @Test
    void goesBackAndForwardReloadsAndTakesAnAddress() {
        Page page = show("<!doctype html><title>One</title>one");
        page.navigate(LiveWorld.dataUrl("<!doctype html><title>Two</title>two"));
        Page viewer = world().viewer(ViewerControl.INPUT);
        viewer.click("#back");
        awaitTitle(page, "One");
        viewer.click("#forward");
        awaitTitle(page, "Two");
        page.evaluate("window.kept = true");
        viewer.click("#reload");
        page.waitForFunction("window.kept === undefined");
        viewer.fill("#url", world().plane.baseUrl().substring("http://".length()) + "/health");
        viewer.press("#url", "Enter");
        page.waitForFunction("document.body.textContent.includes('ok')");
        viewer.fill("#url", "file:///etc/passwd");
        viewer.press("#url", "Enter");
        viewer.waitForFunction("() => document.querySelector('#notice').textContent.includes('web address')");
        assertThat(page.url()).endsWith("/health");
    }

    private static void awaitTitle(Page page, String title) {
        page.waitForFunction("t => document.title === t", title);
    }

    @Test
    void followsNewTabsAndShowsTheChosenOne() {
        Page page = show(COLOURS);
        Page viewer = world().viewer(ViewerControl.INPUT);
        Page second = page.context().newPage();
        second.navigate(LiveWorld.dataUrl("<title>Second</title><body style='background:rgb(10,120,60)'>"));
        await(viewer, "the new tab", () -> isClose(colour(viewer, 0.5, 0.5), 10, 120, 60));
        viewer.waitForFunction("() => document.querySelector('.tab.on').textContent.startsWith('Second')");
        shot(viewer, "live-tabs");
        viewer.click(".tab:has-text('Colours') .pick");
        awaitColours(viewer, 0);
        page.evaluate("paint(3)");
        awaitColours(viewer, 3);
        viewer.click(".tab:has-text('Second') .shut");
        await(page, "the closed tab", second::isClosed);
        viewer.waitForFunction("() => !document.querySelector('#tabs').textContent.includes('Second')");
    }

    @Test
    void watchingOnlyRefusesInputSentByHand() throws Exception {
        Page page = show(FORM);
        String url = world().lease(ViewerControl.NONE, 600).iframeUrl();
        for (String message : List.of(
                "{\"type\":\"mouse\",\"kind\":\"down\",\"x\":100,\"y\":80,\"button\":\"left\",\"clicks\":1}",
                "{\"type\":\"key\",\"kind\":\"down\",\"key\":\"a\",\"code\":\"KeyA\",\"keyCode\":65,\"text\":\"a\"}",
                "{\"type\":\"text\",\"text\":\"x\"}",
                "{\"type\":\"reload\"}",
                "{\"type\":\"navigate\",\"url\":\"about:blank\"}",
                "{\"type\":\"closeTab\",\"tab\":1}",
                "{\"type\":\"release\"}",
                "{\"type\":\"made up\"}")) {
            HandSocket socket = HandSocket.open(url);
            socket.awaitText("\"state\":\"live\"");
            socket.send(message);
            assertThat(socket.closed.get(10, TimeUnit.SECONDS))
                    .as(message)
                    .startsWith("4403 ")
                    .contains("watching only");
        }
        assertThat(page.evaluate("seen.length")).isEqualTo(0);
        assertThat(page.evaluate("document.querySelector('textarea').value")).isEqualTo("");
        Page viewer = world().viewer(ViewerControl.NONE);
        click(viewer, 100, 80, new Mouse.ClickOptions());
        viewer.keyboard().type("x");
        assertThat(viewer.isHidden("#controls")).isTrue();
        assertThat(page.evaluate("seen.length")).isEqualTo(0);
        awaitState(viewer, "Live");
    }

    /** A client that is not our page. */
    private static final class HandSocket implements WebSocket.Listener {
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private @Nullable WebSocket socket;

        static HandSocket open(String pageUrl, String... headers) {
            HandSocket hand = new HandSocket();
            WebSocket.Builder builder = LiveWorld.HTTP.newWebSocketBuilder();
            for (int i = 0; i < headers.length; i += 2) {
                builder.header(headers[i], headers[i + 1]);
            }
            hand.socket = builder.buildAsync(URI.create(pageUrl.replace("http:", "ws:") + "/socket"), hand)
                    .join();
            return hand;
        }

        void send(String message) {
            java.util.Objects.requireNonNull(socket).sendText(message, true).join();
        }

        void awaitText(String part) throws InterruptedException {
            long end = System.nanoTime() + 15_000_000_000L;
            while (texts.stream().noneMatch(text -> text.contains(part)) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(texts).anyMatch(text -> text.contains(part));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            texts.add(part.toString());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }
    }

    @Test
    void refusesPagesOfOtherSites() {
        show(COLOURS);
        String url = world().lease(ViewerControl.INPUT, 600).iframeUrl();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> HandSocket.open(url, "Origin", "http://evil.example")))
                .hasStackTraceContaining("403");
    }

    @Test
    void anExpiredLeaseSaysSo() throws Exception {
        show(COLOURS);
        String url = world().lease(ViewerControl.INPUT, 3).iframeUrl();
        Page viewer = world().person(url);
        awaitEnd(viewer, "This link has expired");
        shot(viewer, "live-expired");
        assertThat(LiveWorld.HTTP
                        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(410);
        awaitEnd(world().person(url), "This link has expired");
    }

    private static void awaitEnd(Page viewer, String title) {
        viewer.waitForFunction(
                "t => !document.querySelector('#end').hidden"
                        + " && document.querySelector('#end-title').textContent === t",
                title);
    }

    @Test
    void aRevokedLeaseSaysSo() throws Exception {
        show(COLOURS);
        Page viewer = world().viewer(ViewerControl.INPUT);
        assertThat(world().api("DELETE", "/v1/runs/" + world().runId() + "/live", "")
                        .body())
                .contains("\"revoked\":1");
        awaitEnd(viewer, "This link was taken back");
        viewer.reload();
        awaitEnd(viewer, "This link was taken back");
    }

    @Test
    void anEndedRunSaysSo() {
        show(COLOURS);
        String run = world().runId();
        Page viewer = world().viewer(ViewerControl.NONE);
        String url = viewer.url();
        world().endWatched();
        awaitEnd(viewer, "The run is over");
        assertThat(viewer.getAttribute("#end-console", "href")).isEqualTo("/console/runs/" + run);
        shot(viewer, "live-ended");
        awaitEnd(world().person(url), "The run is over");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> world().client
                        .runs()
                        .live(run, CreateLiveViewRequest.builder().build())))
                .hasMessageContaining("/recording shows what was recorded");
    }

    @Test
    void anUnknownLinkSaysSo() {
        Page viewer = world().person(world().plane.baseUrl() + "/live/not-a-token");
        awaitEnd(viewer, "This link is not known");
    }

    @Test
    void tellsOfADialogAndAnswersIt() {
        Page page = show("<!doctype html><title>Ask</title><body>");
        Page viewer = world().viewer(ViewerControl.INPUT);
        Page watcher = world().viewer(ViewerControl.NONE);
        page.onDialog(dialog -> {});
        page.evaluate("setTimeout(() => document.title = 'Answer ' + prompt('How many kites?', '2'), 0)");
        viewer.waitForSelector("#dialog:not([hidden])");
        assertThat(viewer.textContent("#dialog-text")).isEqualTo("How many kites?");
        shot(viewer, "live-dialog");
        watcher.waitForSelector("#dialog:not([hidden])");
        shot(watcher, "live-dialog-none");
        viewer.fill("#dialog-input", "7");
        viewer.press("#dialog-input", "Enter");
        viewer.waitForFunction("() => document.querySelector('.tab.on').textContent.includes('Answer 7')");
        awaitState(viewer, "Live");
        awaitState(watcher, "Live");
    }

    @Test
    void tellsOfACrashedPage() {
        world().personPage();
        Set<Long> others = renderers().map(ProcessHandle::pid).collect(Collectors.toSet());
        show(COLOURS);
        List<ProcessHandle> own =
                renderers().filter(process -> !others.contains(process.pid())).toList();
        Page viewer = world().viewer(ViewerControl.INPUT);
        // Not Page.crash: Playwright would wait for its answer.
        assertThat(own).isNotEmpty();
        own.forEach(ProcessHandle::destroyForcibly);
        awaitState(viewer, "Crashed");
        shot(viewer, "live-crashed");
        viewer.click("#reload");
        awaitState(viewer, "Live");
        awaitColours(viewer, 0);
    }

    private static Stream<ProcessHandle> renderers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> commandLine(process).contains("--type=renderer"));
    }

    /** Java does not tell those of processes that Chromium forks. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void tellsOfAPageThatDoesNotAnswer() {
        Page page = show(COLOURS);
        Page viewer = world().viewer(ViewerControl.NONE);
        page.evaluate("setTimeout(() => { const end = Date.now() + 12000; while (Date.now() < end); }, 50)");
        awaitState(viewer, "Not answering");
        shot(viewer, "live-unresponsive");
        awaitState(viewer, "Live");
    }

    @Test
    void tellsWhetherATestIsAttached() throws Exception {
        show(COLOURS);
        Page viewer = world().viewer(ViewerControl.NONE);
        viewer.waitForFunction("() => document.querySelector('#connection').dataset.attached === 'true'");
        world().watched().browser().close();
        viewer.waitForFunction("() => document.querySelector('#connection').dataset.attached === 'false'");
    }

    @Test
    void aHeldBrowserIsReleasedByTheViewer() throws Exception {
        show(COLOURS);
        Page viewer = world().viewer(ViewerControl.INPUT);
        String hold = "/v1/runs/" + world().runId() + "/hold";
        assertThat(world().api("GET", hold, "").body()).contains("\"held\":false");
        assertThat(world().api("POST", hold, "{\"seconds\":600,\"message\":\"Test failed; browser is held\"}")
                        .body())
                .contains("\"held\":true");
        viewer.waitForFunction(
                "() => document.querySelector('#hold-text').textContent.startsWith('Test failed; browser is held · 9:5')");
        shot(viewer, "live-hold");
        viewer.click("#release");
        viewer.waitForSelector(
                "#hold[hidden]",
                new Page.WaitForSelectorOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        assertThat(world().api("GET", hold, "").body())
                .contains("\"held\":false")
                .contains("\"released\":\"viewer\"");
        assertThat(world().api("POST", hold, "{\"seconds\":0}").statusCode()).isEqualTo(400);
    }

    @Test
    void keepsAPageToItself() throws Exception {
        show(COLOURS);
        String url = world().lease(ViewerControl.NONE, 60).iframeUrl();
        HttpResponse<String> page = LiveWorld.HTTP.send(
                HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors *")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).doesNotContain(world().plane.apiKey()).doesNotContain("style=");
        assertThat(url).doesNotContain(world().plane.apiKey());
    }

    @Test
    void embedsInAFrame() {
        show(COLOURS);
        String url = world().lease(ViewerControl.NONE, 60).iframeUrl();
        Page host = world().person(world().other.baseUrl() + "/health");
        host.evaluate(
                "url => { const frame = document.createElement('iframe'); frame.src = url; frame.width = 700;"
                        + " frame.height = 500; document.body.replaceChildren(frame); }",
                url);
        host.frameLocator("iframe").locator("#state[data-state=live]").waitFor();
    }

    @Test
    void isUsableOnASmallDarkScreen() {
        show(FORM);
        Page viewer = world().viewer(ViewerControl.INPUT);
        viewer.setViewportSize(400, 720);
        viewer.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        viewer.waitForTimeout(600);
        assertThat(viewer.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        shot(viewer, "live-small-dark");
    }

    @Test
    void theRecordTellsWhoWatched() {
        Page page = show(FORM);
        Page viewer = world().viewer(ViewerControl.INPUT);
        click(viewer, 100, 300, new Mouse.ClickOptions());
        viewer.keyboard().type("secret");
        awaitText(page, "secret");
        viewer.close();
        String run = world().runId();
        await(page, "live.closed", () -> types(run).contains("live.closed"));
        assertThat(types(run)).containsExactly("live.opened", "live.input", "live.closed");
        assertThat(events(run).get(1).data())
                .isNotNull()
                .asString()
                .contains("\"keys\":6")
                .doesNotContain("secret");
    }

    private List<RunEvent> events(String run) {
        return world().client
                .runs()
                .events(run, EventQuery.builder().kind(List.of("live")).build())
                .items();
    }

    private List<String> types(String run) {
        return events(run).stream().map(RunEvent::type).toList();
    }
}
