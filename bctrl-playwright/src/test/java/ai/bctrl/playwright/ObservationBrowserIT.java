package ai.bctrl.playwright;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.ActivityQuery;
import ai.bctrl.model.RunEvent;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run's record holds of what Playwright and the pages have done: everything, once, in order. */
@Timeout(300)
class ObservationBrowserIT {
    private static final int PARALLEL = 4;

    private final ObservedSite site = new ObservedSite();
    private final LocalBctrl local = LocalBctrl.start(PlaneOptions.defaults());
    private final BctrlClient client = BctrlClient.builder()
            .baseUrl(local.baseUrl())
            .apiKey(local.apiKey())
            .build();
    private final BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));

    @AfterEach
    void close() {
        playwright.close();
        client.close();
        local.close();
        site.close();
    }

    @RepeatedTest(3)
    void recordsEverythingOnceAndInOrderInFourBrowsersAtATime() throws Exception {
        ExecutorService tests = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                runs.add(tests.submit(() -> {
                    everything();
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(200, TimeUnit.SECONDS);
            }
        } finally {
            tests.shutdownNow();
        }
    }

    private void everything() throws IOException {
        String runId;
        ObservedRun record;
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            runId = requireNonNull(session.lease().runId());
            record = new ObservedRun(client, runId, site);
            Page page = session.page();
            page.onDialog(dialog -> dialog.accept("yes"));
            record.holds("opening", "context.opened", "page about:blank");
            navigation(page, record);
            requests(page, record);
            failures(page, record);
            messages(page, record);
            sockets(page, record);
            workers(page, record);
            popup(page, record);
            frames(page, record);
            download(page, record);
            failedNavigation(page, record);
            crash(page, record);
            serviceWorker(page, record);
            // The control plane's own session looks after pages every quarter of a second: nothing is told twice.
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
            record.holdsNoMore();
        }
        record.holdsInAnyOrder(
                "closing",
                "page.closed http://nope.invalid/",
                "page.closed /sw/page",
                "worker.closed service_worker /sw/worker.js",
                "context.closed");
        List<RunEvent> events = record.events();
        assertThat(events.subList(events.size() - 2, events.size()))
                .extracting(RunEvent::type)
                .containsExactly("runtime.stopped", "run.completed");
        assertThat(events).extracting(RunEvent::type).doesNotContain("observation.gap");
        assertThat(events)
                .filteredOn(event -> !event.source().equals("control-plane"))
                .extracting(RunEvent::time)
                .isSorted();
        assertThat(events)
                .extracting(RunEvent::type)
                .containsSubsequence("download.started", "artifact.created", "download.finished");
    }

    private void navigation(Page page, ObservedRun record) {
        page.navigate(site.url() + "/main");
        record.holds(
                "navigation", "request GET /main document", "response 200 /main", "navigated /main", "page.load /main");
        page.navigate(site.url() + "/moved-page");
        record.holds(
                "redirected navigation",
                "request GET /moved-page document",
                "response 302 /moved-page redirect",
                "request GET /main document redirected",
                "response 200 /main",
                "navigated /main",
                "page.load /main");
        page.evaluate("() => { history.pushState({}, '', '/pushed'); location.hash = 'part' }");
        record.holds("navigation within the document", "moved /pushed", "moved /pushed#part");
        page.navigate(site.url() + "/main");
        record.holds(
                "back to main",
                "request GET /main document",
                "response 200 /main",
                "navigated /main",
                "page.load /main");
        page.reload();
        record.holds(
                "reload", "request GET /main document", "response 200 /main", "navigated /main", "page.load /main");
    }

    private static void fetch(Page page, String url) {
        page.evaluate("url => fetch(url).then(response => response.text()).catch(() => 0)", url);
    }

    private void requests(Page page, ObservedRun record) {
        fetch(page, "/ok");
        record.holds("fetch", "request GET /ok fetch", "response 200 /ok");
        fetch(page, "/moved");
        record.holds(
                "redirects",
                "request GET /moved fetch",
                "response 302 /moved redirect",
                "request GET /moved-again fetch redirected",
                "response 302 /moved-again redirect",
                "request GET /ok fetch redirected",
                "response 200 /ok");
        page.evaluate("() => new Promise(done => { const i = new Image(); i.onload = done; i.src = '/image.svg' })");
        record.holds("image", "request GET /image.svg image", "response 200 /image.svg");
        page.evaluate("() => fetch('/ok', { method: 'POST', body: 'x' }).then(r => r.text())");
        record.holds("post", "request POST /ok fetch", "response 200 /ok");
    }

    private void failures(Page page, ObservedRun record) throws IOException {
        fetch(page, "/missing");
        record.holds("not found", "request GET /missing fetch", "response 404 /missing");
        fetch(page, "http://nope.invalid/");
        record.holds(
                "unknown host",
                "request GET http://nope.invalid/ fetch",
                "failed http://nope.invalid/ net::ERR_NAME_NOT_RESOLVED");
        String refused = "http://127.0.0.1:" + freePort() + "/";
        fetch(page, refused);
        record.holds(
                "refused", "request GET " + refused + " fetch", "failed " + refused + " net::ERR_CONNECTION_REFUSED");
        fetch(page, "/dropped");
        record.holds("dropped", "request GET /dropped fetch", "failed /dropped net::ERR_CONNECTION_RESET");
        page.evaluate("() => { const stop = new AbortController(); setTimeout(() => stop.abort(), 50);"
                + " return fetch('/slow', { signal: stop.signal }).catch(() => 0) }");
        record.holds("aborted", "request GET /slow fetch", "failed /slow net::ERR_ABORTED canceled");
        String other = "http://localhost:" + site.port() + "/ok";
        fetch(page, other);
        record.holds(
                "another origin",
                "request GET other:/ok fetch",
                "console error Access to fetch at 'other:/ok' from origin '' has been blocked by CORS policy: No"
                        + " 'Access-Control-Allow-Origin' header is present on the requested resource.",
                "failed other:/ok net::ERR_FAILED MissingAllowOriginHeader");
        page.route("**/unwanted", route -> route.abort("blockedbyclient"));
        fetch(page, "/unwanted");
        page.unrouteAll();
        record.holds(
                "blocked by the test",
                "request GET /unwanted fetch",
                "failed /unwanted net::ERR_BLOCKED_BY_CLIENT.Inspector inspector");
    }

    private static int freePort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private void messages(Page page, ObservedRun record) {
        page.evaluate("() => { for (const level of ['log', 'info', 'debug', 'warn', 'error'])"
                + " console[level]('as ' + level, 1, { a: 2 }) }");
        record.holds(
                "console",
                "console log as log 1 {a: 2}",
                "console info as info 1 {a: 2}",
                "console debug as debug 1 {a: 2}",
                "console warning as warn 1 {a: 2}",
                "console error as error 1 {a: 2}");
        page.evaluate("() => { for (let i = 0; i < 20; i++) console.log('same') }");
        record.holds(
                "the same, often", Collections.nCopies(20, "console log same").toArray(String[]::new));
        page.evaluate(
                "() => new Promise(done => { setTimeout(() => { setTimeout(done); throw new Error('thrown') }) })");
        page.evaluate("() => { Promise.reject(new TypeError('rejected')) }");
        record.holds("errors", "error Error: thrown", "error TypeError: rejected");
        page.evaluate("() => { alert('one'); confirm('two'); prompt('three') }");
        record.holds(
                "dialogs",
                "dialog alert one",
                "dialog closed true",
                "dialog confirm two",
                "dialog closed true",
                "dialog prompt three",
                "dialog closed true");
    }

    private void sockets(Page page, ObservedRun record) throws IOException {
        page.evaluate(
                "url => new Promise(done => { const s = new WebSocket(url); let n = 0; s.onclose = done;"
                        + " s.onopen = () => { s.send('a'); s.send('b') };"
                        + " s.onmessage = () => { if (++n == 2) s.close() } })",
                "ws://127.0.0.1:" + site.port() + "/socket");
        record.holds("WebSocket", "websocket.opened ws:/socket", "websocket.closed 2 2");
        String refused = "ws://127.0.0.1:" + freePort() + "/";
        page.evaluate("url => new Promise(done => { new WebSocket(url).onerror = () => done() })", refused);
        record.holds(
                "refused WebSocket",
                "failed " + refused + " Error in connection establishment: net::ERR_CONNECTION_REFUSED");
    }

    private void workers(Page page, ObservedRun record) {
        page.evaluate("() => new Promise(done => { const w = new Worker('/worker.js');"
                + " w.onmessage = () => { setTimeout(() => { w.terminate(); done() }, 100) } })");
        record.holdsInAnyOrder(
                "worker",
                "request GET /worker.js script",
                "worker.opened worker /worker.js",
                "response 200 /worker.js",
                "console warning in a worker",
                "worker.closed worker /worker.js");
        page.evaluate("() => new Promise(done => { new SharedWorker('/shared.js').port.onmessage = () => done() })");
        record.holdsInAnyOrder(
                "shared worker",
                "request GET /shared.js script",
                "worker.opened shared_worker /shared.js",
                "worker.closed shared_worker /shared.js");
    }

    private void popup(Page page, ObservedRun record) {
        Page popup = page.waitForPopup(() -> page.evaluate("() => { window.open('/popup') }"));
        popup.waitForLoadState();
        record.holds(
                "popup",
                "popup about:blank",
                "request GET /popup document",
                "response 200 /popup",
                "navigated /popup",
                "page.load /popup");
        popup.close();
        record.holds("end of the popup", "page.closed /popup");
    }

    private void frames(Page page, ObservedRun record) {
        page.navigate(site.url() + "/frames");
        record.holds(
                "frame",
                "request GET /frames document",
                "response 200 /frames",
                "navigated /frames",
                "request GET /frame document",
                "response 200 /frame",
                "frame.navigated /frame",
                "console log in a frame",
                "page.load /frames");
        page.evaluate(
                "url => new Promise(done => { const f = document.createElement('iframe'); f.onload = done;"
                        + " f.src = url; document.body.append(f) })",
                "http://localhost:" + site.port() + "/frame");
        record.holds(
                "frame of another site",
                "request GET other:/frame document",
                "response 200 other:/frame",
                "frame.navigated other:/frame",
                "console log in a frame");
    }

    private void download(Page page, ObservedRun record) {
        Download download = page.waitForDownload(() -> page.evaluate("() => { location.href = '/file' }"));
        assertThat(download.path()).content().isEqualTo("a,b\n1,2\n");
        record.holds(
                "download", "request GET /file document", "response 200 /file", "download a.csv", "downloaded a.csv 8");
    }

    private void failedNavigation(Page page, ObservedRun record) {
        try {
            page.navigate("http://nope.invalid/");
        } catch (PlaywrightException expected) {
            assertThat(expected).hasMessageContaining("ERR_NAME_NOT_RESOLVED");
        }
        record.holds(
                "failed navigation",
                "request GET http://nope.invalid/ document",
                "failed http://nope.invalid/ net::ERR_NAME_NOT_RESOLVED",
                "navigated http://nope.invalid/ error page");
    }

    private void crash(Page page, ObservedRun record) {
        Page doomed = page.context().newPage();
        record.holds("another page", "page about:blank");
        boolean[] crashed = new boolean[1];
        doomed.onCrash(it -> crashed[0] = true);
        try {
            doomed.navigate("chrome://crash");
        } catch (PlaywrightException expected) {
            // It does not answer any more.
        }
        doomed.context().pages().get(0).waitForCondition(() -> crashed[0]);
        record.holds("crash", "page.crash about:blank");
        doomed.close();
        record.holds("end of the crashed page", "page.closed about:blank");
    }

    private void serviceWorker(Page page, ObservedRun record) {
        Page served = page.context().newPage();
        served.navigate(site.url() + "/sw/page");
        record.holds(
                "page for a service worker",
                "page about:blank",
                "request GET /sw/page document",
                "response 200 /sw/page",
                "navigated /sw/page",
                "page.load /sw/page");
        served.evaluate("() => navigator.serviceWorker.register('/sw/worker.js').then(() => new Promise(done => {"
                + " if (navigator.serviceWorker.controller) done();"
                + " else navigator.serviceWorker.oncontrollerchange = () => done() }))");
        record.holdsInAnyOrder(
                "service worker", "worker.opened service_worker /sw/worker.js", "request GET /sw/worker.js script");
        fetch(served, "/sw/asked");
        record.holdsInAnyOrder(
                "answered by the service worker",
                "request GET /sw/asked fetch",
                "request GET /ok fetch",
                "response 200 /ok",
                "response 200 /sw/asked");
    }

    @Test
    void tellsPeopleWhatTheTestDidAndNotWhatItTyped() {
        String runId;
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            runId = requireNonNull(session.lease().runId());
            Page page = session.page();
            page.navigate(site.url() + "/main?token=hidden-token");
            page.locator("#field").fill("hunter2-secret");
            page.locator("#field").pressSequentially("more");
            page.locator("#field").press("Enter");
            page.locator("button").click();
            fetch(page, "/missing");
            page.evaluate("() => console.error('password=hunter3')");
        }
        List<ActivityItem> rows = client.runs()
                .activity(runId, ActivityQuery.builder().limit(100).build())
                .items();
        assertThat(rows)
                .extracting(row -> row.message().replace(site.url(), ""))
                .satisfies(messages -> assertThat(messages.get(0)).startsWith("Browser started"))
                .containsSubsequence(
                        "Opened /main?token=***",
                        "Typed 18 characters",
                        "Pressed Enter",
                        "GET /missing answered 404",
                        "Console error: password=***",
                        "Controller detached",
                        "Browser stopped");
        assertThat(rows).extracting(ActivityItem::type).contains("browser.click", "browser.type");
        assertThat(new ObservedRun(client, runId, site).events().toString()).doesNotContain("hunter", "hidden-token");
    }
}
