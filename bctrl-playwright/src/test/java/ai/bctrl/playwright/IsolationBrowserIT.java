package ai.bctrl.playwright;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Isolation;
import ai.bctrl.model.ProxyConfig;
import ai.bctrl.model.ProxyProtocol;
import ai.bctrl.model.RuntimeConfig;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runtimes of one shared Chromium see of each other: nothing. */
@Timeout(300)
class IsolationBrowserIT {
    private final IsolationSite site = new IsolationSite();
    private final LocalBctrl local = LocalBctrl.start(LocalOptions.defaults());
    private final BctrlClient client = BctrlClient.builder()
            .baseUrl(local.baseUrl())
            .apiKey(local.apiKey())
            .build();
    private final BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
    private BrowserSession one;
    private BrowserSession two;

    private static RuntimeSpec.Builder shared() {
        return RuntimeSpec.builder().isolation(Isolation.CONTEXT);
    }

    @BeforeEach
    void open() {
        one = playwright.open(shared().build());
        two = playwright.open(shared().build());
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        playwright.close();
        client.close();
        local.close();
        site.close();
    }

    @Test
    void aRuntimeTellsItsIsolation() {
        assertThat(client.runtimes().list(space()))
                .hasSize(2)
                .allMatch(runtime -> runtime.isolation() == Isolation.CONTEXT);
        try (BrowserSession own = playwright.open(RuntimeSpec.defaults())) {
            String id = own.lease().runtimeId();
            assertThat(client.runtimes().get(space(), requireNonNull(id)).isolation())
                    .isEqualTo(Isolation.PROCESS);
        }
    }

    private String space() {
        return client.spaces().list().get(0).id();
    }

    @Test
    void refusesWhatOnlyAProcessOfItsOwnCanHave() {
        assertThatThrownBy(() -> playwright.open(shared().profile("crm").build()))
                .isInstanceOf(BctrlApiException.class)
                .hasMessageContaining("profile needs a browser process of its own");
        assertThatThrownBy(() ->
                        playwright.open(shared().extensionIds(List.of("x")).build()))
                .isInstanceOf(BctrlApiException.class)
                .hasMessageContaining("extensionIds needs a browser process of its own");
    }

    @Test
    void aPopupThatDoesNotKnowItsOpenerIsTheOpenersToo() {
        Page page = one.page();
        page.navigate(site.url() + "/one");
        page.evaluate("() => { document.body.innerHTML = '<a href=/popup target=_blank>link</a>"
                + "<form action=/popup target=_blank><button>form</button></form>' }");

        Page fromLink = page.waitForPopup(() -> page.click("a"));
        fromLink.waitForURL("**/popup");
        Page fromForm = page.waitForPopup(() -> page.click("button"));
        fromForm.waitForURL("**/popup?");
    }

    @Test
    void pagesAndPopupsAreOnesOwn() {
        one.page().navigate(site.url() + "/one");
        Page popup = one.page().waitForPopup(() -> one.page().evaluate("() => { window.open('/popup') }"));
        popup.waitForURL("**/popup");
        two.page().navigate(site.url() + "/two");
        assertThat(one.context().pages()).hasSize(2);
        assertThat(two.context().pages()).hasSize(1);
        assertThat(allPages(two.browser())).hasSize(1);
        assertThat(two.page().evaluate("() => window.open('', 'named') === window"))
                .isEqualTo(false);
    }

    private static List<Page> allPages(Browser browser) {
        List<Page> pages = new ArrayList<>();
        for (BrowserContext context : browser.contexts()) {
            pages.addAll(context.pages());
        }
        return pages;
    }

    @Test
    void cookiesAndStorageAreOnesOwn() {
        one.page().navigate(site.url() + "/cookie?one");
        one.page()
                .evaluate(
                        "async () => { localStorage.setItem('k', 'one'); sessionStorage.setItem('k', 'one');"
                                + " await new Promise((ok, no) => { const r = indexedDB.open('db', 1);"
                                + " r.onupgradeneeded = () => r.result.createObjectStore('s'); r.onsuccess = () => ok(); r.onerror = no; }); }");
        two.page().navigate(site.url() + "/page");
        assertThat(one.context().cookies()).extracting(cookie -> cookie.value).containsExactly("of-one");
        assertThat(two.context().cookies()).isEmpty();
        assertThat(two.page().evaluate("() => [document.cookie, localStorage.length, sessionStorage.length].join()"))
                .isEqualTo(",0,0");
        assertThat(two.page().evaluate("async () => (await indexedDB.databases()).length"))
                .isEqualTo(0);
        two.context().clearCookies();
        assertThat(one.context().cookies()).hasSize(1);
    }

    @Test
    void theHttpCacheIsOnesOwn() {
        for (BrowserSession session : List.of(one, two)) {
            session.page().navigate(site.url() + "/page");
            Object first = session.page().evaluate("async () => await (await fetch('/cacheable')).text()");
            assertThat(session.page().evaluate("async () => await (await fetch('/cacheable')).text()"))
                    .isEqualTo(first);
        }
        assertThat(site.cacheable()).isEqualTo(2);
    }

    @Test
    void permissionsAndEmulationAreOnesOwn() {
        one.context().grantPermissions(List.of("geolocation", "notifications"));
        one.page().navigate(site.url() + "/page");
        two.page().navigate(site.url() + "/page");
        String state = "async () => (await navigator.permissions.query({name: 'geolocation'})).state";
        assertThat(one.page().evaluate(state)).isEqualTo("granted");
        assertThat(two.page().evaluate(state)).isNotEqualTo("granted");
        one.context().setOffline(true);
        two.page().navigate(site.url() + "/online");
    }

    @Test
    void serviceWorkersAreOnesOwn() {
        one.page().navigate(site.url() + "/page");
        one.page()
                .evaluate("async () => { await navigator.serviceWorker.register('/worker.js');"
                        + " await navigator.serviceWorker.ready;"
                        + " if (!navigator.serviceWorker.controller) await new Promise(ok =>"
                        + " navigator.serviceWorker.addEventListener('controllerchange', ok)); }");
        two.page().navigate(site.url() + "/page");
        String asked = "async () => await (await fetch('/asked')).text()";
        assertThat(one.page().evaluate(asked)).isEqualTo("worker");
        assertThat(two.page().evaluate(asked)).isEqualTo("site");
        assertThat(two.page().evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length"))
                .isEqualTo(0);
    }

    @Test
    void broadcastsAndSharedWorkersDoNotCross() {
        one.page().navigate(site.url() + "/page");
        two.page().navigate(site.url() + "/page");
        two.page().evaluate("() => { window.heard = 0; new BroadcastChannel('c').onmessage = () => window.heard++ }");
        one.page().evaluate("() => new BroadcastChannel('c').postMessage(1)");
        two.page().navigate(site.url() + "/page2");
        assertThat(two.page().evaluate("() => window.heard || 0")).isEqualTo(0);
    }

    @Test
    void dialogsAreOnesOwn() {
        List<String> heard = new ArrayList<>();
        two.page().onDialog(dialog -> {
            heard.add(dialog.message());
            dialog.dismiss();
        });
        one.page().onDialog(dialog -> dialog.accept());
        assertThat(one.page().evaluate("() => confirm('mine')")).isEqualTo(true);
        two.page().navigate(site.url() + "/page");
        assertThat(heard).isEmpty();
    }

    @Test
    void downloadsAreOnesOwn() throws Exception {
        for (BrowserSession session : List.of(one, two)) {
            String name = session == one ? "one" : "two";
            session.page().navigate(site.url() + "/page");
            Download download = session.page()
                    .waitForDownload(
                            () -> session.page().evaluate("name => { location.href = '/file?' + name }", name));
            assertThat(Files.readString(download.path())).isEqualTo("of," + name);
        }
        for (BrowserSession session : List.of(one, two)) {
            until(
                    "the download is in the record",
                    () -> events(session, "download.").stream()
                            .anyMatch(line -> line.contains(session == one ? "?one" : "?two")));
            assertThat(events(session, "download.")).noneMatch(line -> line.contains(session == one ? "?two" : "?one"));
        }
    }

    @Test
    void aDownloadOfAFrameIsFound() throws Exception {
        one.page().navigate(site.url() + "/page");
        two.page().navigate(site.url() + "/page");
        Download download = one.page()
                .waitForDownload(() -> one.page()
                        .evaluate(
                                "u => { const f = document.createElement('iframe'); f.src = u; document.body.append(f); }",
                                site.url() + "/file?framed"));
        assertThat(Files.readString(download.path())).isEqualTo("of,framed");
        until("it is in the record", () -> events(one, "download.finished").size() == 1);
        assertThat(events(two, "download.")).isEmpty();
    }

    @Test
    void aProxyIsOnesOwn() {
        RuntimeConfig config = RuntimeConfig.builder()
                .proxy(new ProxyConfig.Custom("127.0.0.1", site.port(), ProxyProtocol.HTTP, null, null))
                .build();
        try (BrowserSession proxied = playwright.open(shared().config(config).build());
                IsolationSite other = new IsolationSite()) {
            proxied.page().navigate(other.url() + "/x");
            assertThat(proxied.page().title()).isEqualTo("through the proxy");
            BrowserContext further = proxied.browser().newContext();
            Page page = further.newPage();
            page.navigate(other.url() + "/x");
            assertThat(page.title()).isEqualTo("through the proxy");
            one.page().navigate(other.url() + "/x");
            assertThat(one.page().title()).isEqualTo("/x");
            BrowserContext chosen = one.browser()
                    .newContext(new Browser.NewContextOptions()
                            .setProxy(new com.microsoft.playwright.options.Proxy("127.0.0.1:" + site.port())
                                    .setBypass("<-loopback>")));
            Page through = chosen.newPage();
            through.navigate("http://nowhere.example/");
            assertThat(through.title()).isEqualTo("through the proxy");
        }
    }

    @Test
    void recordsHoldWhatIsTheirRuntimes() {
        one.page().navigate(site.url() + "/of-one");
        two.page().navigate(site.url() + "/of-two");
        until(
                "both are recorded",
                () -> events(one, "").toString().contains("/of-one")
                        && events(two, "").toString().contains("/of-two"));
        assertThat(events(one, "").toString()).doesNotContain("/of-two");
        assertThat(events(two, "").toString()).doesNotContain("/of-one");
    }

    private List<String> events(BrowserSession session, String prefix) {
        return client
                .runs()
                .events(
                        requireNonNull(session.lease().runId()),
                        EventQuery.builder().limit(200).build())
                .stream()
                .filter(event -> event.type().startsWith(prefix))
                .map(event -> event.type() + " " + event.data())
                .toList();
    }

    @Test
    void closingOneHurtsNoOther() {
        one.page().navigate(site.url() + "/page");
        two.page().navigate(site.url() + "/page");
        one.close();
        assertThat(two.page().evaluate("() => 1 + 1")).isEqualTo(2);
        assertThatThrownBy(() -> two.browser().newBrowserCDPSession().send("Browser.crash"))
                .isInstanceOf(PlaywrightException.class)
                .hasMessageContaining("isolation=process");
        assertThat(two.page().evaluate("() => 1 + 1")).isEqualTo(2);
    }

    @Test
    void aCrashOfTheSharedProcessIsToldToAllWithTheirNumber() {
        List<BrowserSession> sessions = List.of(one, two);
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("--remote-debugging-port"))
                .filter(process -> !process.info().commandLine().orElse("").contains("--type="))
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .forEach(ProcessHandle::destroyForcibly);
        for (BrowserSession session : sessions) {
            assertThatThrownBy(() -> {
                        try {
                            session.page().navigate(site.url() + "/page");
                        } catch (PlaywrightException failed) {
                            throw requireNonNull(session.explain(failed));
                        }
                    })
                    .hasMessageContaining("killed by SIGKILL")
                    .hasMessageContaining("it was shared with 1 other runtime (isolation=context)");
        }
        try (BrowserSession next = playwright.open(shared().build())) {
            next.page().navigate(site.url() + "/page");
        }
    }

    /** {@code -Dbctrl.test.crowd=64} for more. */
    @Test
    void manyAtOnceDoTheirWorkAndLeaveNothing() throws Exception {
        int crowd = Integer.getInteger("bctrl.test.crowd", 8);
        ExecutorService tests = Executors.newFixedThreadPool(4);
        List<BrowserSession> open = new ArrayList<>();
        try {
            List<Future<BrowserSession>> sessions = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                String name = "/crowd" + i;
                sessions.add(tests.submit(() -> {
                    BrowserSession session = playwright.open(shared().build());
                    session.page().navigate(site.url() + name);
                    return session;
                }));
            }
            for (int i = 0; i < crowd; i++) {
                BrowserSession session = sessions.get(i).get(200, TimeUnit.SECONDS);
                open.add(session);
                assertThat(session.page().title()).isEqualTo("/crowd" + i);
                assertThat(allPages(session.browser())).hasSize(1);
            }
        } finally {
            open.forEach(BrowserSession::close);
            tests.shutdownNow();
        }
        assertThat(one.context().pages()).hasSizeLessThanOrEqualTo(1);
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
