package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.ViewerControl;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A control plane whose browsers are watched, and another one with the browser of the person who watches. */
final class LiveWorld implements AutoCloseable {
    static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path SHOTS = Path.of("target", "shots");

    final LocalBctrl plane;
    final BctrlClient client;
    final LocalBctrl other;
    private final BctrlClient otherClient;
    private final BctrlPlaywright watchedBrowsers;
    private final BctrlPlaywright personBrowsers;
    private @Nullable BrowserSession watched;
    private @Nullable BrowserSession person;

    LiveWorld() {
        plane = LocalBctrl.start(
                PlaneOptions.builder().readOnlyApiKey("read-only-key-of-a-test").build());
        other = LocalBctrl.start(PlaneOptions.defaults());
        client = client(plane);
        otherClient = client(other);
        watchedBrowsers = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
        personBrowsers = BctrlPlaywright.create(ApiRuntimeProvider.of(otherClient));
    }

    private static BctrlClient client(LocalBctrl local) {
        return BctrlClient.builder()
                .apiKey(local.apiKey())
                .baseUrl(local.baseUrl())
                .build();
    }

    /** The browser that is watched; a new one after {@link #endWatched}. */
    BrowserSession watched() {
        BrowserSession open = watched;
        if (open == null) {
            open = watchedBrowsers.open(RuntimeSpec.defaults());
            watched = open;
        }
        return open;
    }

    void endWatched() {
        BrowserSession open = watched;
        watched = null;
        if (open != null) {
            open.close();
        }
    }

    String runId() {
        return String.valueOf(watched().lease().runId());
    }

    LiveView lease(ViewerControl control, int seconds) {
        return client.runs()
                .live(
                        runId(),
                        CreateLiveViewRequest.builder()
                                .control(control)
                                .expiresInSeconds(seconds)
                                .build());
    }

    /** A new page of the person's browser, on an address. */
    Page person(String url) {
        Page page = personPage();
        page.navigate(url);
        return page;
    }

    Page personPage() {
        BrowserSession open = person;
        if (open == null) {
            open = personBrowsers.open(RuntimeSpec.defaults());
            person = open;
        }
        Page page = open.context().newPage();
        page.setDefaultTimeout(12_000);
        return page;
    }

    /** A page that watches, once it shows something. */
    Page viewer(ViewerControl control) {
        Page page = person(lease(control, 600).iframeUrl());
        awaitState(page, "Live");
        page.waitForFunction("() => document.querySelector('#screen').width > 2");
        return page;
    }

    void closePersonPages() {
        BrowserSession open = person;
        if (open != null) {
            open.context().pages().forEach(Page::close);
        }
    }

    static void awaitState(Page viewer, String state) {
        viewer.waitForFunction("s => document.querySelector('#state b').textContent === s", state);
    }

    /** The colour of the picture at a place, as parts of its size. */
    static int[] colour(Page viewer, double x, double y) {
        Object found = viewer.evaluate(
                "([x, y]) => { const c = document.querySelector('#screen');"
                        + " const d = c.getContext('2d').getImageData(c.width * x, c.height * y, 1, 1).data;"
                        + " return [d[0], d[1], d[2]].join(); }",
                List.of(x, y));
        String[] parts = String.valueOf(found).split(",", -1);
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])};
    }

    static boolean isClose(int[] colour, int red, int green, int blue) {
        return Math.abs(colour[0] - red) < 20 && Math.abs(colour[1] - green) < 20 && Math.abs(colour[2] - blue) < 20;
    }

    /** Waits for something outside of Playwright, at most 15 s. */
    static void await(Page pump, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 15_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not come: " + what).isLessThan(end);
            pump.waitForTimeout(20);
        }
    }

    HttpResponse<String> api(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(plane.baseUrl() + path))
                        .header("Authorization", "Bearer " + plane.apiKey())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Keeps a picture for somebody who looks at how pages look. */
    static void shot(Page page, String name) {
        try {
            Files.createDirectories(SHOTS);
            // Not the screenshot call of Playwright: it waits for fonts and hides carets.
            Files.write(SHOTS.resolve(name + ".png"), page.screenshot());
        } catch (IOException unkept) {
            throw new java.io.UncheckedIOException(unkept);
        }
    }

    static String dataUrl(String html) {
        return "data:text/html;charset=utf-8;base64,"
                + Base64.getEncoder().encodeToString(html.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        watchedBrowsers.close();
        personBrowsers.close();
        client.close();
        otherClient.close();
        plane.close();
        other.close();
    }
}
