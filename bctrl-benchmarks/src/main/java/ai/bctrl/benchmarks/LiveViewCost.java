package ai.bctrl.benchmarks;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.ViewerControl;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.EmbeddedControlPlane;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Page;
import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What watching a browser costs and how far it is behind: the delay from a change in the page to the picture in a viewer that is
 * a Chromium too; pictures each second and CPU, of a page that animates and of one that rests, watched and not. Arguments: number
 * of changes (60 by default), seconds of each measurement of CPU (8 by default).
 */
public final class LiveViewCost {

    private static final String PAGE = "data:text/html,<title>Paint</title><style>body{margin:0;background:%23224}"
            + "i{position:absolute;width:400px;height:400px;top:150px;background:%23e62}</style><i></i>";

    private LiveViewCost() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        measure(changes, Duration.ofSeconds(seconds), System.out);
    }

    static void measure(int changes, Duration each, PrintStream out) throws Exception {
        EmbeddedControlPlane embedded =
                ServiceLoader.load(EmbeddedControlPlane.class).findFirst().orElseThrow();
        try (EmbeddedControlPlane.Running plane = embedded.start(Map.of());
                BctrlClient client = BctrlClient.builder()
                        .apiKey(plane.apiKey())
                        .baseUrl(plane.baseUrl())
                        .build();
                BctrlPlaywright browsers = BctrlPlaywright.create(ApiRuntimeProvider.of(client));
                BrowserSession watched = browsers.open(RuntimeSpec.defaults())) {
            watched.page().navigate(PAGE);
            String url = client.runs()
                    .live(
                            String.valueOf(watched.lease().runId()),
                            CreateLiveViewRequest.builder()
                                    .control(ViewerControl.NONE)
                                    .build())
                    .iframeUrl();
            delays(browsers, watched.page(), url, changes, out);
            costs(watched.page(), url, each, out);
        }
    }

    private static void delays(BctrlPlaywright browsers, Page page, String url, int changes, PrintStream out) {
        try (BrowserSession person = browsers.open(RuntimeSpec.defaults())) {
            Page viewer = person.page();
            viewer.navigate(url);
            viewer.waitForFunction("() => document.querySelector('#screen').width > 2");
            viewer.evaluate(
                    "() => { window.shown = [];"
                            + " addEventListener('live-frame', () => shown.push(performance.timeOrigin + performance.now())); }");
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < changes; i++) {
                viewer.waitForTimeout(400);
                int before = ((Number) viewer.evaluate("() => shown.length")).intValue();
                double changed = ((Number) page.evaluate(
                                "n => new Promise(done => requestAnimationFrame(() => {"
                                        + " document.body.style.background = `hsl(${n * 37}, 60%, 40%)`;"
                                        + " done(performance.timeOrigin + performance.now()); }))",
                                i))
                        .doubleValue();
                viewer.waitForFunction("n => shown.length > n", before);
                millis.add(((Number) viewer.evaluate("n => shown[n]", before)).doubleValue() - changed);
            }
            millis.sort(null);
            out.printf(
                    Locale.ROOT,
                    "from a change to the picture in the viewer: median %.0f ms, 90 %% within %.0f ms (%d changes)%n",
                    millis.get(millis.size() / 2),
                    millis.get(millis.size() * 9 / 10),
                    changes);
            animate(page, true);
            viewer.waitForTimeout(1000);
            int before = ((Number) viewer.evaluate("() => shown.length")).intValue();
            viewer.waitForTimeout(4000);
            int after = ((Number) viewer.evaluate("() => shown.length")).intValue();
            animate(page, false);
            out.printf(Locale.ROOT, "pictures each second in a Chromium that watches: %.1f%n", (after - before) / 4.0);
        }
    }

    private static void animate(Page page, boolean on) {
        page.evaluate(
                "on => { window.on = on; const step = t => { document.querySelector('i').style.left = (t / 3 % 800) + 'px';"
                        + " if (window.on) requestAnimationFrame(step); }; if (on) requestAnimationFrame(step); }",
                on);
    }

    private static void costs(Page page, String url, Duration each, PrintStream out) {
        out.printf(Locale.ROOT, "%-22s %12s %22s %22s%n", "", "pictures/s", "browser CPU s/s", "control plane CPU s/s");
        for (boolean animated : new boolean[] {false, true}) {
            animate(page, animated);
            String name = animated ? "animates" : "rests";
            cost(page, name + ", not watched", null, each, out);
            try (Counter counter = Counter.open(url)) {
                cost(page, name + ", watched", counter, each, out);
            }
        }
        animate(page, false);
    }

    private static void cost(Page page, String name, @Nullable Counter counter, Duration each, PrintStream out) {
        page.waitForTimeout(2000);
        int frames = counter == null ? 0 : counter.frames.get();
        double browser = browserSeconds();
        double own = ownSeconds();
        long start = System.nanoTime();
        page.waitForTimeout((double) each.toMillis());
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "%-22s %12.1f %22.3f %22.3f%n",
                name,
                counter == null ? 0 : (counter.frames.get() - frames) / seconds,
                (browserSeconds() - browser) / seconds,
                (ownSeconds() - own) / seconds);
    }

    private static double browserSeconds() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toNanos() / 1e9)
                .sum();
    }

    /** Of this JVM: the control plane, and what counts the pictures. */
    private static double ownSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** A viewer that takes each picture at once and shows none. */
    private static final class Counter implements WebSocket.Listener, AutoCloseable {
        private static final int HEADER = 24;

        private final AtomicInteger frames = new AtomicInteger();
        private @Nullable WebSocket socket;
        private ByteBuffer header = ByteBuffer.allocate(HEADER);

        static Counter open(String pageUrl) {
            Counter counter = new Counter();
            counter.socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(pageUrl.replaceFirst("^http", "ws") + "/socket"), counter)
                    .join();
            return counter;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            while (header.hasRemaining() && part.hasRemaining()) {
                header.put(part.get());
            }
            if (last) {
                frames.incrementAndGet();
                String taken =
                        "{\"type\":\"ack\",\"tab\":" + header.getShort(2) + ",\"frame\":" + header.getInt(4) + "}";
                header = ByteBuffer.allocate(HEADER);
                var unused = from.sendText(taken, true);
            }
            from.request(1);
            return null;
        }

        @Override
        public void close() {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }
    }
}
