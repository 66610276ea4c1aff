package ai.bctrl.benchmarks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.benchmarks.measure.Median;
import ai.bctrl.benchmarks.suite.FormServer;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.RecordingMode;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What being observed costs a test of 30 actions: each round runs it once in each way, in random order, in one JVM with one
 * control plane that observes and one that does not, with a browser of its own each time. Argument: number of rounds (50 by
 * default).
 */
public final class ObservationCost {
    private static final int WARM_UP = 4;

    /**
     * A way to run the test.
     *
     * @param name what is printed
     * @param base place of the way that it is compared with
     * @param observed whether the control plane looks at what passes between controller and browser
     * @param told whether the run is told of the test
     * @param recording whether pictures are taken
     * @param page path of the page
     * @param millis how long it took each time
     */
    private record Way(
            String name,
            int base,
            boolean observed,
            boolean told,
            RecordingMode recording,
            String page,
            List<Double> millis) {
        Way(String name, int base, boolean observed, boolean told, RecordingMode recording, String page) {
            this(name, base, observed, told, recording, page, new ArrayList<>());
        }
    }

    /** A control plane and what connects to it. */
    private record Service(LocalBctrl local, BctrlClient client, BctrlPlaywright playwright) implements AutoCloseable {
        static Service start(boolean observed) {
            LocalBctrl local =
                    LocalBctrl.start(LocalOptions.builder().observe(observed).build());
            BctrlClient client = BctrlClient.builder()
                    .apiKey(local.apiKey())
                    .baseUrl(local.baseUrl())
                    .build();
            return new Service(local, client, BctrlPlaywright.create(ApiRuntimeProvider.of(client)));
        }

        @Override
        public void close() {
            playwright.close();
            client.close();
            local.close();
        }
    }

    private ObservationCost() {}

    private static List<Way> ways() {
        return List.of(
                new Way("observation off", 0, false, false, RecordingMode.OFF, ""),
                new Way("events only", 0, false, true, RecordingMode.OFF, ""),
                new Way("events and tap", 0, true, true, RecordingMode.OFF, ""),
                new Way("and recording, page at rest", 0, true, true, RecordingMode.ALWAYS, ""),
                new Way("observation off, animated page", 4, false, false, RecordingMode.OFF, "animated"),
                new Way("recording, animated page", 4, true, true, RecordingMode.ALWAYS, "animated"));
    }

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws IOException {
        measure(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50, WARM_UP, System.out);
    }

    static void measure(int rounds, int warmUp, PrintStream out) throws IOException {
        List<Way> ways = ways();
        try (FormServer server = new FormServer();
                Service observed = Service.start(true);
                Service blind = Service.start(false)) {
            Random random = new Random(1);
            for (int round = -warmUp; round < rounds; round++) {
                List<Way> order = new ArrayList<>(ways);
                Collections.shuffle(order, random);
                for (Way way : order) {
                    double millis = run(way, way.observed() ? observed : blind, server.url());
                    if (round >= 0) {
                        way.millis().add(millis);
                    }
                }
            }
        }
        print(ways, rounds, out);
    }

    private static double run(Way way, Service service, String url) {
        long start = System.nanoTime();
        RuntimeSpec.Builder spec = RuntimeSpec.builder().recording(way.recording());
        if (way.told()) {
            spec.metadata("bctrlTest", "ObservationCost.test")
                    .metadata("bctrlTestClass", "ObservationCost")
                    .metadata("bctrlTestMethod", "test");
        }
        try (BrowserSession session = service.playwright().open(spec.build())) {
            test(session.page(), url + way.page());
            if (way.told()) {
                session.lease().tell(NewRunEvent.now("test.finished", Map.of("outcome", "passed")));
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void test(Page page, String url) {
        page.navigate(url);
        for (int i = 0; i < 10; i++) {
            page.locator("input").nth(i).fill("value " + i);
        }
        for (int i = 0; i < 10; i++) {
            page.getByRole(AriaRole.BUTTON).click();
        }
        for (int i = 0; i < 7; i++) {
            page.locator("li").nth(i).hover();
        }
        assertThat(page).hasTitle("Sent 10");
        assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(200);
    }

    private static void print(List<Way> ways, int rounds, PrintStream out) {
        out.printf(Locale.ROOT, "%-34s %9s %9s   (%d rounds)%n", "a test with", "median", "ratio", rounds);
        for (Way way : ways) {
            List<Double> base = ways.get(way.base()).millis();
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                ratios.add(way.millis().get(i) / base.get(i));
            }
            out.printf(Locale.ROOT, "%-34s %6.0f ms %9.3f%n", way.name(), Median.of(way.millis()), Median.of(ratios));
        }
    }
}
