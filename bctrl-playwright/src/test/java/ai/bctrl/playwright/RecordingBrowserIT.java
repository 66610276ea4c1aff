package ai.bctrl.playwright;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.cli.LocalMain;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.model.RecordingStatus;
import ai.bctrl.model.RecordingView;
import ai.bctrl.model.ViewerComponent;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of real browsers, looked at by HTTP and in a second browser. */
@Timeout(180)
class RecordingBrowserIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private final ChromiumProvider viewers = new ChromiumProvider();
    private final BctrlPlaywright viewing = BctrlPlaywright.create(viewers);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        viewing.close();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    /** A control plane and who talks to it. */
    private record Plane(String baseUrl, String apiKey, BctrlClient client, BctrlPlaywright playwright) {
        BrowserSession record(RecordingMode mode) {
            return playwright.open(RuntimeSpec.builder().recording(mode).build());
        }

        RecordingView view(String runId) {
            return client.runs()
                    .recording(runId, CreateRecordingViewRequest.builder().build());
        }

        void tell(String runId, String... events) throws Exception {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(baseUrl + "/v1/runs/" + runId + "/events"))
                            .header("Authorization", "Bearer " + apiKey)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"events\":[" + String.join(",", events) + "]}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private Plane plane() {
        LocalBctrl local = LocalBctrl.start(
                PlaneOptions.builder().dataDirectory(directory.resolve("data")).build());
        open.add(local);
        return plane(local.baseUrl(), local.apiKey());
    }

    private Plane plane(String baseUrl, String apiKey) {
        BctrlClient client =
                BctrlClient.builder().apiKey(apiKey).baseUrl(baseUrl).build();
        open.add(client);
        BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
        open.add(playwright);
        return new Plane(baseUrl, apiKey, client, playwright);
    }

    private static String runId(BrowserSession session) {
        return requireNonNull(session.lease().runId());
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static HttpResponse<byte[]> get(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static JsonObject json(String url) {
        HttpResponse<byte[]> answer = get(url);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(200);
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static JsonArray frames(String replay) {
        return json(replay + "/frames.json").getAsJsonArray("frames");
    }

    private static BufferedImage picture(String replay, int number) {
        try {
            HttpResponse<byte[]> answer = get(replay + "/frames/" + number + ".jpg");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("cache-control").orElse("")).contains("immutable");
            return ImageIO.read(new ByteArrayInputStream(answer.body()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String colour(BufferedImage picture) {
        Color pixel = new Color(picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2));
        boolean red = pixel.getRed() > 128;
        boolean green = pixel.getGreen() > 100;
        boolean blue = pixel.getBlue() > 128;
        return red && green && blue ? "white" : red ? "red" : green ? "green" : blue ? "blue" : "black";
    }

    private static List<String> colours(String replay) {
        List<String> colours = new ArrayList<>();
        for (int i = 0; i < frames(replay).size(); i++) {
            String colour = colour(picture(replay, i));
            if (colours.isEmpty() || !colours.get(colours.size() - 1).equals(colour)) {
                colours.add(colour);
            }
        }
        return colours;
    }

    private static void paint(Page page, String replay, String colour) {
        page.evaluate("colour => document.body.style.background = colour", colour);
        until("a picture of " + colour, () -> {
            int count = frames(replay).size();
            return count > 0 && colour(picture(replay, count - 1)).equals(colour);
        });
    }

    private static void awaitSettled(Plane plane, String runId) {
        until("the recording is settled", () -> {
            RecordingStatus status = plane.view(runId).status();
            return status != RecordingStatus.PROCESSING && status != RecordingStatus.PREPARING;
        });
    }

    @Test
    void picturesShowWhatThePageShowed() {
        Plane plane = plane();
        String runId;
        String replay;
        try (BrowserSession session = plane.record(RecordingMode.ALWAYS)) {
            runId = runId(session);
            replay = plane.view(runId).iframeUrl();
            Page page = session.page();
            page.navigate("data:text/html,<title>colours</title>");
            for (String colour : List.of("red", "green", "blue")) {
                paint(page, replay, colour);
            }
            assertThat(plane.view(runId).status()).isEqualTo(RecordingStatus.READY);
            assertThat(json(replay + "/frames.json").get("live").getAsBoolean()).isTrue();
            // The last change counts also where the end comes right after it.
            page.evaluate("() => document.body.style.background = 'red'");
            plane.client()
                    .runtimes()
                    .stop(
                            requireNonNull(plane.client().runs().get(runId).spaceId()),
                            plane.client().runs().get(runId).runtimeId());
        }
        awaitSettled(plane, runId);
        RecordingView view = plane.view(runId);
        assertThat(view.status()).isEqualTo(RecordingStatus.READY);
        assertThat(requireNonNull(view.durationMs())).isBetween(500L, 60_000L);
        assertThat(colours(replay)).endsWith("red", "green", "blue", "red");
        assertThat(json(replay + "/frames.json").get("live").getAsBoolean()).isFalse();
        BufferedImage first = picture(replay, 0);
        assertThat(first.getWidth()).isEqualTo(1280);
        assertThat(first.getHeight()).isEqualTo(720);
    }

    @Test
    void storesAPictureThatDoesNotChangeOnlyOnce() {
        Plane plane = plane();
        try (BrowserSession session = plane.record(RecordingMode.ALWAYS)) {
            String replay = plane.view(runId(session)).iframeUrl();
            session.page().navigate("data:text/html,<title>rest</title><h1>rest</h1>");
            paint(session.page(), replay, "green");
            int count = frames(replay).size();
            session.page().waitForTimeout(3000);
            assertThat(frames(replay)).hasSize(count);
        }
    }

    @Test
    void recordsThePageThatIsInFront() {
        Plane plane = plane();
        try (BrowserSession session = plane.record(RecordingMode.ALWAYS)) {
            String replay = plane.view(runId(session)).iframeUrl();
            session.page().navigate("data:text/html,<title>first</title><button>open</button>");
            paint(session.page(), replay, "red");
            Page popup = session.page().waitForPopup(() -> session.page().evaluate("() => void open('about:blank')"));
            paint(popup, replay, "blue");
            popup.close();
            until(
                    "the first page is back",
                    () -> colour(picture(replay, frames(replay).size() - 1)).equals("red"));
            List<String> notes = new ArrayList<>();
            for (JsonElement mark : json(replay + "/frames.json").getAsJsonArray("marks")) {
                notes.add(mark.getAsJsonObject().get("mark").getAsString());
            }
            assertThat(notes).contains("opened", "closed", "shown");
        }
    }

    @Test
    void thePageSeesNothingOfIt() {
        Plane plane = plane();
        try (BrowserSession session = plane.record(RecordingMode.ALWAYS)) {
            String replay = plane.view(runId(session)).iframeUrl();
            Page page = session.page();
            page.navigate("data:text/html,<title>watch</title><div style='height:3000px'>tall</div>");
            page.evaluate("() => { window.seen = [];"
                    + " for (const name of ['resize', 'scroll', 'blur', 'focus', 'visibilitychange'])"
                    + " addEventListener(name, () => seen.push(name), true);"
                    + " visualViewport.addEventListener('resize', () => seen.push('viewport')); }");
            String before = String.valueOf(page.evaluate(
                    "() => [innerWidth, innerHeight, devicePixelRatio, screen.width, outerWidth, scrollY].join()"));
            for (String colour : List.of("red", "green", "blue")) {
                paint(page, replay, colour);
            }
            assertThat(page.evaluate("() => seen.join()")).isEqualTo("");
            assertThat(
                            page.evaluate(
                                    "() => [innerWidth, innerHeight, devicePixelRatio, screen.width, outerWidth, scrollY].join()"))
                    .isEqualTo(before);
        }
    }

    @Test
    void aPageThatHangsCostsTheRunNothingAndIsNoted() {
        Plane plane = plane();
        String runId;
        String replay;
        long closing;
        BrowserSession session = plane.record(RecordingMode.ALWAYS);
        try (session) {
            runId = runId(session);
            replay = plane.view(runId).iframeUrl();
            session.page().navigate("data:text/html,<title>hang</title>");
            paint(session.page(), replay, "red");
            session.page().evaluate("() => void setTimeout(() => { for (;;) {} }, 0)");
            until("the note", () -> json(replay + "/frames.json").toString().contains("\"hangs\""));
            closing = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(15));
        awaitSettled(plane, runId);
        assertThat(plane.view(runId).status()).isEqualTo(RecordingStatus.READY);
    }

    @Test
    void aReplayGrowsWhileItsRunGoesOn() {
        Plane plane = plane();
        try (BrowserSession session = plane.record(RecordingMode.ALWAYS);
                BrowserSession viewing = this.viewing.open(RuntimeSpec.defaults())) {
            RecordingView view = plane.client()
                    .runs()
                    .recording(
                            runId(session),
                            CreateRecordingViewRequest.builder()
                                    .components(List.of(ViewerComponent.ACTIVITY))
                                    .build());
            session.page().navigate("data:text/html,<title>live</title><button style='margin:9em'>go</button>");
            paint(session.page(), view.iframeUrl(), "red");
            Page viewer = viewing.page();
            viewer.navigate(view.iframeUrl());
            awaitColour(viewer, "red");
            PlaywrightAssertions.assertThat(viewer.locator("#status")).hasText("live");
            session.page().locator("button").click();
            paint(session.page(), view.iframeUrl(), "green");
            awaitColour(viewer, "green");
            PlaywrightAssertions.assertThat(viewer.locator("#list .action")).containsText("Clicked");
            shoot(viewer, "live");
            assertThat(rowsOf(requireNonNull(view.activityStreamUrl()), "Clicked"))
                    .contains("event: run.activity");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** What an activity stream tells until a word comes. */
    private static String rowsOf(String url, String word) throws IOException {
        StringBuilder told = new StringBuilder();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(URI.create(url).toURL().openStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && told.indexOf(word) < 0; line = in.readLine()) {
                told.append(line).append('\n');
            }
        }
        assertThat(told.toString()).contains(word);
        return told.toString();
    }

    @Test
    void isDroppedWhereNoTestFailed() throws Exception {
        Plane plane = plane();
        String runId;
        try (BrowserSession session = plane.record(RecordingMode.ON_FAILURE)) {
            runId = runId(session);
            session.page().navigate("data:text/html,<h1>passes</h1>");
            plane.tell(runId, "{\"type\":\"test.finished\",\"data\":{\"outcome\":\"passed\"}}");
        }
        awaitSettled(plane, runId);
        RecordingView view = plane.view(runId);
        assertThat(view.status()).isEqualTo(RecordingStatus.NOT_AVAILABLE);
        assertThat(view.extra().get("reason").getAsString()).contains("dropped", "no test of this run has failed");
        assertThat(directory.resolve("data/recordings/" + runId)).doesNotExist();
        try (BrowserSession viewer = viewing.open(RuntimeSpec.defaults())) {
            viewer.page().navigate(view.iframeUrl());
            PlaywrightAssertions.assertThat(viewer.page().locator("#note"))
                    .containsText("no test of this run has failed");
            shoot(viewer.page(), "dropped");
        }
    }

    @Test
    void saysThatARunWasNotRecorded() {
        Plane plane = plane();
        try (BrowserSession session = plane.record(RecordingMode.OFF)) {
            RecordingView view = plane.view(runId(session));
            assertThat(view.status()).isEqualTo(RecordingStatus.NOT_AVAILABLE);
            assertThat(view.extra().get("reason").getAsString()).contains("was not recorded");
        }
    }

    @Test
    void goesWithItsSpace() throws IOException {
        Plane plane = plane();
        String space = plane.client()
                .spaces()
                .create(CreateSpaceRequest.named("short"))
                .id();
        BctrlPlaywright inSpace = BctrlPlaywright.create(ApiRuntimeProvider.inSpace(plane.client(), space));
        open.add(inSpace);
        String runId;
        try (BrowserSession session = inSpace.open(
                RuntimeSpec.builder().recording(RecordingMode.ALWAYS).build())) {
            runId = runId(session);
            session.page().navigate("data:text/html,<h1>short</h1>");
        }
        Path files = directory.resolve("data/recordings/" + runId);
        assertThat(files).isDirectory();
        plane.client().spaces().delete(space);
        assertThat(files).doesNotExist();
    }

    /** A failed test: red, then two steps, then blue, then the failure. */
    private static String failedRun(Plane plane) throws Exception {
        try (BrowserSession session = plane.record(RecordingMode.ON_FAILURE)) {
            String runId = runId(session);
            String replay = plane.view(runId).iframeUrl();
            Page page = session.page();
            plane.tell(
                    runId,
                    "{\"type\":\"test.started\",\"data\":{\"class\":\"shop.CheckoutTest\",\"method\":\"buys\","
                            + "\"displayName\":\"buys a red lamp\",\"attempt\":1}}");
            page.navigate("data:text/html,<title>shop</title><h1>shop</h1><input>");
            paint(page, replay, "red");
            plane.tell(
                    runId, "{\"type\":\"test.step.started\",\"data\":{\"name\":\"add to basket\",\"stepId\":\"1\"}}");
            paint(page, replay, "green");
            page.evaluate("() => console.error('the price is missing')");
            plane.tell(
                    runId,
                    "{\"type\":\"test.step.finished\",\"data\":{\"name\":\"add to basket\",\"stepId\":\"1\","
                            + "\"durationMs\":400,\"failed\":false}}");
            paint(page, replay, "blue");
            plane.tell(
                    runId,
                    "{\"type\":\"test.failed\",\"data\":{\"message\":\"expected: 3 lamps but was: 2\","
                            + "\"origin\":\"test\"}}",
                    "{\"type\":\"test.finished\",\"data\":{\"outcome\":\"failed\"}}");
            page.waitForTimeout(1500);
            paint(page, replay, "red");
            return runId;
        }
    }

    private static String shownColour(Page viewer) {
        return String.valueOf(viewer.evaluate("() => { const c = document.getElementById('picture');"
                + " const p = c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data;"
                + " return p[0] > 128 ? 'red' : p[1] > 100 ? 'green' : p[2] > 128 ? 'blue' : 'black'; }"));
    }

    private static void awaitColour(Page viewer, String colour) {
        until("the viewer shows " + colour, () -> shownColour(viewer).equals(colour));
    }

    private static double seconds(Page viewer) {
        String url = viewer.url();
        return Double.parseDouble(url.substring(url.indexOf("#t=") + 3));
    }

    @Test
    void theReplayOpensAtTheFailureAndGoesWhereItIsTold() throws Exception {
        Plane plane = plane();
        String runId = failedRun(plane);
        awaitSettled(plane, runId);
        RecordingView view = plane.view(runId);
        assertThat(view.status()).isEqualTo(RecordingStatus.READY);
        try (BrowserSession session = viewing.open(RuntimeSpec.defaults())) {
            Page viewer = session.page();
            List<String> complaints = new ArrayList<>();
            viewer.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            viewer.onPageError(complaints::add);
            viewer.navigate(view.iframeUrl());
            PlaywrightAssertions.assertThat(viewer.locator("#title")).hasText("buys a red lamp");
            PlaywrightAssertions.assertThat(viewer.locator("#list .failure"))
                    .containsText("expected: 3 lamps but was: 2");
            awaitColour(viewer, "blue");
            double failure = seconds(viewer);
            shoot(viewer, "failure");

            viewer.locator("#list .step button").click();
            awaitColour(viewer, "red");
            assertThat(seconds(viewer)).isLessThan(failure);
            viewer.keyboard().press(".");
            awaitColour(viewer, "green");
            viewer.keyboard().press(",");
            awaitColour(viewer, "red");
            viewer.keyboard().press("End");
            awaitColour(viewer, "red");
            assertThat(seconds(viewer) * 1000)
                    .isCloseTo(requireNonNull(view.durationMs()), org.assertj.core.data.Offset.offset(20.0));
            viewer.keyboard().press("Home");
            assertThat(seconds(viewer)).isZero();
            viewer.locator("#failure").click();
            awaitColour(viewer, "blue");

            viewer.navigate("about:blank");
            viewer.navigate(view.iframeUrl() + "#t=" + (failure - 0.01));
            awaitColour(viewer, "blue");
            assertThat(seconds(viewer)).isCloseTo(failure - 0.01, org.assertj.core.data.Offset.offset(0.011));
            viewer.locator("#speed").selectOption("8");
            viewer.locator("#play").click();
            awaitColour(viewer, "red");
            PlaywrightAssertions.assertThat(viewer.locator("#play")).hasAttribute("aria-label", "Play");
            assertThat(seconds(viewer)).isGreaterThan(failure + 1);

            viewer.setViewportSize(400, 800);
            assertThat(viewer.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            shoot(viewer, "narrow");
            viewer.setViewportSize(1280, 800);
            viewer.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
            viewer.locator("#failure").click();
            awaitColour(viewer, "blue");
            shoot(viewer, "dark");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void makesAVideoThatIsCheckedAndAnArtifact() throws Exception {
        Plane plane = plane();
        String runId = failedRun(plane);
        awaitSettled(plane, runId);
        RecordingView view = plane.view(runId);
        try (BrowserSession session = viewing.open(RuntimeSpec.defaults())) {
            Page viewer = session.page();
            viewer.navigate(view.iframeUrl());
            viewer.locator("#export").click();
            PlaywrightAssertions.assertThat(viewer.locator("#download"))
                    .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                            .setTimeout(60_000));
            shoot(viewer, "exported");
        }
        var artifacts = plane.client()
                .runs()
                .artifacts(
                        runId,
                        ArtifactQuery.builder().kind(List.of("recording")).build())
                .items();
        assertThat(artifacts).hasSize(1);
        assertThat(artifacts.get(0).contentType()).isEqualTo("video/webm");
        HttpResponse<byte[]> video = get(view.iframeUrl() + "/video.webm");
        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(video.body()).hasSize(Math.toIntExact(artifacts.get(0).sizeBytes()));
        assertThat(video.body()).startsWith(0x1A, 0x45, 0xDF, 0xA3);
        HttpResponse<byte[]> part = HTTP.send(
                HttpRequest.newBuilder(URI.create(view.iframeUrl() + "/video.webm"))
                        .header("Range", "bytes=0-9")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(10);
    }

    @Test
    void aLinkThatIsOverSaysSo() throws Exception {
        Plane plane = plane();
        String runId;
        try (BrowserSession session = plane.record(RecordingMode.ALWAYS)) {
            runId = runId(session);
            session.page().navigate("data:text/html,<h1>short</h1>");
        }
        RecordingView view = plane.client()
                .runs()
                .recording(
                        runId,
                        CreateRecordingViewRequest.builder().expiresInSeconds(1).build());
        until("the link is over", () -> Instant.now().isAfter(Instant.parse(view.expiresAt())));
        try (BrowserSession viewer = viewing.open(RuntimeSpec.defaults())) {
            viewer.page().navigate(view.iframeUrl());
            PlaywrightAssertions.assertThat(viewer.page().locator("h1")).hasText("This link is over");
            shoot(viewer.page(), "over");
        }
        HttpResponse<byte[]> answer = get(view.iframeUrl());
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("The link has expired");
        assertThat(get(view.iframeUrl() + "/frames/0.jpg").statusCode()).isEqualTo(410);
        HttpResponse<byte[]> unknown = get(plane.baseUrl() + "/replay/nobody");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors *");
        assertThat(unknown.headers().firstValue("referrer-policy").orElse("")).isEqualTo("no-referrer");
    }

    @Test
    void playsUpToTheCutAfterTheControlPlaneWasKilled() throws Exception {
        String key = "key-of-this-test";
        Path data = directory.resolve("data");
        Process first = serve(data, key);
        Plane plane = plane(listening(first), key);
        BrowserSession session = plane.record(RecordingMode.ON_FAILURE);
        String runId = runId(session);
        String replay = plane.view(runId).iframeUrl();
        session.page().navigate("data:text/html,<title>cut</title>");
        paint(session.page(), replay, "red");
        paint(session.page(), replay, "blue");
        int known = frames(replay).size();
        first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThatThrownBy(session::close).isInstanceOf(BctrlException.class);

        Plane again = plane(listening(serve(data, key)), key);
        RecordingView view = again.view(runId);
        assertThat(view.status()).isEqualTo(RecordingStatus.READY);
        assertThat(view.extra().get("reason").getAsString()).contains("The recording was cut");
        assertThat(frames(view.iframeUrl())).hasSizeGreaterThanOrEqualTo(known);
        assertThat(colours(view.iframeUrl())).endsWith("red", "blue");
        try (BrowserSession viewer = viewing.open(RuntimeSpec.defaults())) {
            viewer.page().navigate(view.iframeUrl());
            PlaywrightAssertions.assertThat(viewer.page().locator("#note")).containsText("The recording was cut");
            viewer.page().keyboard().press("End");
            awaitColour(viewer.page(), "blue");
            shoot(viewer.page(), "cut");
        }
    }

    private Process serve(Path data, String key) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalMain.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectErrorStream(true);
        builder.environment().put("BCTRL_API_KEY", key);
        Process process = builder.start();
        open.add(() -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS));
        return process;
    }

    private static String listening(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        assertThat(line).matches(Pattern.compile("Listening on http://127\\.0\\.0\\.1:[0-9]+"));
        return line.substring("Listening on ".length());
    }

    /** Keeps a picture of the replay page beside the test's reports, to be looked at. */
    private static void shoot(Page viewer, String name) throws IOException {
        Path shots = Files.createDirectories(Path.of("target", "replay-pictures"));
        viewer.screenshot(new Page.ScreenshotOptions().setPath(shots.resolve(name + ".png")));
        try (Stream<Path> pictures = Files.list(shots)) {
            assertThat(pictures).isNotEmpty();
        }
    }
}
