package ai.bctrl.playwright;

import static ai.bctrl.playwright.LiveWorld.awaitState;
import static ai.bctrl.playwright.LiveWorld.shot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A person uses the web console. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserIT {
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
        world().personPage().context().clearCookies();
        world().closePersonPages();
        world().endWatched();
    }

    private LiveWorld world() {
        return Objects.requireNonNull(opened);
    }

    private String url(String path) {
        return world().plane.baseUrl() + path;
    }

    private Page signIn(String key, String path) {
        Page page = world().person(url(path));
        page.fill("#key", key);
        page.press("#key", "Enter");
        page.waitForSelector("nav");
        return page;
    }

    private Page signIn(String path) {
        return signIn(world().plane.apiKey(), path);
    }

    /** A run with a test, a page and an artifact; it goes on. */
    private String run(String method, @Nullable String outcome) throws IOException, InterruptedException {
        Page page = world().watched().page();
        page.navigate(LiveWorld.dataUrl("<title>Shop</title><body style='background:rgb(20,110,160);color:#fff;"
                + "font:60px sans-serif'>Kites &amp; more <script>console.error('<b>out</b> of kites')</script>"));
        String id = world().runId();
        String test = "\"class\":\"com.example.CheckoutTest\",\"method\":\"" + method + "\",\"displayName\":\"" + method
                + "\",\"attempt\":1";
        String finished =
                outcome == null ? "" : ",{\"type\":\"test.finished\",\"data\":{\"outcome\":\"" + outcome + "\"}}";
        HttpResponse<String> told = world().api(
                        "POST",
                        "/v1/runs/" + id + "/events",
                        "{\"events\":[{\"type\":\"test.started\",\"data\":{" + test + "}}" + finished + "]}");
        assertThat(told.statusCode()).as(told.body()).isLessThan(300);
        return id;
    }

    @Test
    void signsInAndOut() {
        Page page = world().person(url("/"));
        assertThat(page.title()).startsWith("Sign in");
        shot(page, "console-sign-in");
        page.fill("#key", "wrong");
        page.press("#key", "Enter");
        page.waitForSelector(".problem");
        assertThat(page.textContent(".problem")).isEqualTo("This is not a key of this control plane.");
        assertThat(page.content()).doesNotContain("wrong");
        page.fill("#key", world().plane.apiKey());
        page.press("#key", "Enter");
        page.waitForSelector("nav");
        assertThat(page.url()).isEqualTo(url("/console"));
        assertThat(page.content()).doesNotContain(world().plane.apiKey());
        List<Cookie> cookies = page.context().cookies();
        assertThat(cookies).singleElement().satisfies(cookie -> {
            assertThat(cookie.httpOnly).isTrue();
            assertThat(String.valueOf(cookie.sameSite)).isEqualToIgnoringCase("strict");
        });
        page.click("text=Sign out");
        page.waitForSelector("#key");
        page.navigate(url("/console/runs"));
        assertThat(page.isVisible("#key")).isTrue();
    }

    @Test
    void comesBackToTheRunThatWasAskedFor() throws Exception {
        String run = run("<i>comesBack</i>", null);
        Page page = signIn("/console/runs/" + run);
        assertThat(page.url()).endsWith("/console/runs/" + run);
        assertThat(page.textContent("h1")).contains("CheckoutTest", "<i>comesBack</i>");
        page.waitForSelector(".timeline .row");
        assertThat(page.textContent(".timeline")).contains("<b>out</b> of kites");
        page.click("summary");
        assertThat(page.textContent(".events")).contains("run.started");
        shot(page, "console-run");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(400, 800);
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        shot(page, "console-run-small-dark");
    }

    @Test
    void searchesRunsByTestAndOutcome() throws Exception {
        run("buysAKite", "failed");
        world().endWatched();
        run("returnsAKite", "passed");
        Page page = signIn("/console/runs");
        assertThat(page.textContent("table")).contains("buysAKite", "returnsAKite");
        shot(page, "console-runs");
        page.fill("input[type=search]", "buysak");
        page.press("input[type=search]", "Enter");
        page.waitForURL("**search=buysak**");
        assertThat(page.textContent("table")).contains("buysAKite").doesNotContain("returnsAKite");
        page.fill("input[type=search]", "kite");
        page.selectOption("select[name=outcome]", "passed");
        page.click("text=Search");
        page.waitForURL("**outcome=passed**");
        assertThat(page.textContent("table")).contains("returnsAKite").doesNotContain("buysAKite");
        page.click("td a");
        page.waitForSelector(".title");
        assertThat(page.textContent("h1")).contains("returnsAKite");
    }

    @Test
    void showsBrowsersAsTheyAreAndStopsOne() throws Exception {
        String run = run("isWatched", null);
        Page page = signIn("/console");
        page.waitForSelector("img.shown");
        Object colour = page.evaluate("() => { const i = document.querySelector('img.shown'); const c = document"
                + ".createElement('canvas'); c.width = i.naturalWidth; c.height = i.naturalHeight;"
                + " const x = c.getContext('2d'); x.drawImage(i, 0, 0);"
                + " return [...x.getImageData(c.width - 40, c.height - 40, 1, 1).data].slice(0, 3).join(); }");
        String[] parts = String.valueOf(colour).split(",", -1);
        assertThat(Math.abs(Integer.parseInt(parts[2]) - 160)).isLessThan(20);
        shot(page, "console-browsers");
        Page live = page.waitForPopup(() -> page.click("button:text-is('Watch')"));
        live.setDefaultTimeout(12_000);
        awaitState(live, "Live");
        live.waitForSelector("#rows li");
        shot(live, "live-activity");
        page.click("button.danger");
        page.waitForSelector(".empty");
        assertThat(page.textContent(".empty")).contains("No browser runs now");
        live.waitForSelector("#end:not([hidden])");
        assertThat(live.textContent("#end-title")).isEqualTo("The run is over");
        page.navigate(url("/console/runs/" + run));
        assertThat(page.textContent(".facts")).contains("completed");
        assertThat(page.locator("button.danger").count()).isZero();
    }

    @Test
    void aReadOnlyKeySeesNoStopButtonAndIsRefused() throws Exception {
        run("isOnlyRead", null);
        Page page = signIn("read-only-key-of-a-test", "/console");
        assertThat(page.locator("button.danger").count()).isZero();
        assertThat(page.textContent("header")).contains("Read only");
        String space = world().client.spaces().list().get(0).id();
        String runtime = world().watched().lease().runtimeId();
        page.evaluate(
                "path => { const f = document.querySelector('header form'); f.action = path; f.submit(); }",
                "/console/spaces/" + space + "/runtimes/" + runtime + "/stop");
        page.waitForSelector("h1:text('Not allowed')");
        assertThat(page.textContent("main")).contains("This key may only read");
        assertThat(world().watched().page().title()).isEqualTo("Shop");
        page.navigate(url("/console/runs/" + world().runId()));
        assertThat(page.locator("text=Take over").count()).isZero();
        shot(page, "console-read-only");
    }

    @Test
    void refusesFormsOfOthersAndFrames() throws Exception {
        run("isSafe", null);
        Page page = signIn("/console");
        String cookie = page.context().cookies().get(0).name + "="
                + page.context().cookies().get(0).value;
        String space = world().client.spaces().list().get(0).id();
        String stop = "/console/spaces/" + space + "/runtimes/"
                + world().watched().lease().runtimeId() + "/stop";
        for (String form : List.of("", "csrf=", "csrf=made-up")) {
            HttpResponse<String> refused = LiveWorld.HTTP.send(
                    HttpRequest.newBuilder(URI.create(url(stop)))
                            .header("Cookie", cookie)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("This form is not valid any more");
        }
        HttpResponse<String> foreign = LiveWorld.HTTP.send(
                HttpRequest.newBuilder(URI.create(url("/console")))
                        .header("Cookie", cookie)
                        .header("Origin", "http://evil.example")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(foreign.statusCode()).isEqualTo(403);
        HttpResponse<String> own = LiveWorld.HTTP.send(
                HttpRequest.newBuilder(URI.create(url("/console")))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("frame-ancestors 'none'", "default-src 'none'")
                        .doesNotContain("unsafe"));
        assertThat(own.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(world().watched().page().title()).isEqualTo("Shop");
        // A session that was there before the sign-in is not the one after it.
        assertThat(LiveWorld.HTTP
                        .send(
                                HttpRequest.newBuilder(URI.create(url("/console")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("Set-Cookie"))
                .hasValueSatisfying(set -> assertThat(set).contains("HttpOnly", "SameSite=Strict"));
    }

    @Test
    void saysWhatIsNotThere() {
        Page page = signIn("/console/runs/00000000-0000-0000-0000-000000000000");
        assertThat(page.textContent("main")).contains("There is no run 00000000-0000-0000-0000-000000000000");
        page.navigate(url("/console/nowhere"));
        assertThat(page.textContent("main")).contains("There is no such page");
        page.navigate(url("/console/spaces"));
        assertThat(page.textContent("table")).contains("default");
        shot(page, "console-spaces");
    }
}
