package ai.bctrl.benchmarks.workload;

import ai.bctrl.BctrlClient;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Target;
import ai.bctrl.benchmarks.measure.Variant;
import ai.bctrl.benchmarks.plane.CdpConnection;
import ai.bctrl.benchmarks.plane.DirectBrowser;
import ai.bctrl.benchmarks.plane.Isolations;
import ai.bctrl.benchmarks.plane.ServeJvm;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CDP through the relay of a control plane, against a connection that leads directly to a browser. Stateless. */
final class RelayCost implements Workload {
    private static final String DIRECT = "direct";
    private static final String TRIP = "round trip";
    private static final String PIPELINED = "pipelined";
    private static final String TO_CLIENT = "5 MB to the client";
    private static final String TO_BROWSER = "5 MB to the browser";
    private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;
    private static final int WINDOW = 64;

    RelayCost() {}

    @Override
    public String id() {
        return "e";
    }

    @Override
    public String title() {
        return "the relay against a direct connection";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        Samples samples = new Samples();
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            HttpClient http = HttpClient.newHttpClient();
            List<Variant> variants = new ArrayList<>();
            DirectBrowser browser = DirectBrowser.start(context.chromium());
            parts.push(browser);
            variants.add(variant(DIRECT, http, browser.url(), parts, context));
            LocalBctrl embedded = LocalBctrl.start(
                    LocalOptions.builder().chromium(context.chromium()).build());
            parts.push(embedded);
            BctrlClient client = BctrlClient.builder()
                    .apiKey(embedded.apiKey())
                    .baseUrl(embedded.baseUrl())
                    .build();
            parts.push(client);
            add(variants, "embedded", Isolations.of(client), http, parts, context);
            ServeJvm serve =
                    ServeJvm.start(List.of("--chromium", context.chromium().toString()));
            parts.push(serve);
            BctrlClient remote = serve.client();
            parts.push(remote);
            add(variants, "serve", Isolations.of(remote), http, parts, context);
            context.interleaved().run(variants, context.by(0, 2, 3), context.rounds(1, 9, 25), null, samples);
        } finally {
            while (!parts.isEmpty()) {
                parts.pop().close();
            }
        }
        return List.of(
                result("e-trip", "CDP round trip", "us", false, samples, TRIP, 1.10, 1.25),
                result(
                        "e-pipelined",
                        "Pipelined CDP commands, 64 on their way",
                        "commands/s",
                        true,
                        samples,
                        PIPELINED,
                        0.95,
                        0.85),
                result(
                        "e-to-client",
                        "5 MB from the browser to the client",
                        "ms",
                        false,
                        samples,
                        TO_CLIENT,
                        1.10,
                        1.20),
                result(
                        "e-to-browser",
                        "5 MB from the client to the browser",
                        "ms",
                        false,
                        samples,
                        TO_BROWSER,
                        1.10,
                        1.20));
    }

    private static void add(
            List<Variant> variants,
            String where,
            Isolations isolations,
            HttpClient http,
            Deque<AutoCloseable> parts,
            BenchContext context)
            throws IOException, InterruptedException {
        for (String isolation : List.of(Isolations.PROCESS, Isolations.CONTEXT)) {
            String name = where + ", " + isolation;
            String lacks = isolations.lacks(isolation);
            if (lacks == null) {
                variants.add(variant(name, http, isolations.connect(isolations.create(isolation)), parts, context));
            } else {
                variants.add(Variant.without(name, lacks));
            }
        }
    }

    private static Variant variant(
            String name, HttpClient http, String url, Deque<AutoCloseable> parts, BenchContext context)
            throws IOException, InterruptedException {
        CdpConnection connection = CdpConnection.open(http, url);
        parts.push(connection);
        int trips = context.by(20, 200, 400);
        int commands = context.by(100, 1000, 3000);
        String much = "{\"expression\":\"'" + "x".repeat(FIVE_MEGABYTES) + "'.length\"}";
        return Variant.of(name, () -> {
            Map<String, Double> measured = new LinkedHashMap<>();
            measured.put(
                    TRIP,
                    timed(() -> {
                                for (int i = 0; i < trips; i++) {
                                    long unused = connection.call("Runtime.evaluate", "{\"expression\":\"1\"}");
                                }
                            })
                            * 1000
                            / trips);
            measured.put(
                    PIPELINED,
                    commands
                            * 1000
                            / timed(() -> connection.pipeline(
                                    "Runtime.evaluate", "{\"expression\":\"1\"}", commands, WINDOW)));
            measured.put(TO_CLIENT, timed(() -> {
                long length = connection.call(
                        "Runtime.evaluate",
                        "{\"expression\":\"'x'.repeat(" + FIVE_MEGABYTES + ")\",\"returnByValue\":true}");
                if (length < FIVE_MEGABYTES) {
                    throw new IOException("only " + length + " characters came");
                }
            }));
            measured.put(TO_BROWSER, timed(() -> {
                long unused = connection.call("Runtime.evaluate", much);
            }));
            return measured;
        });
    }

    /** Something to take the time of. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static double timed(Work work) throws IOException, InterruptedException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static Result result(
            String id,
            String title,
            String unit,
            boolean moreIsBetter,
            Samples samples,
            String metric,
            double process,
            double context) {
        return new Result(
                id,
                title,
                unit,
                moreIsBetter,
                DIRECT,
                List.of(
                        new Target("embedded, process", process),
                        new Target("serve, process", process),
                        new Target("embedded, context", context),
                        new Target("serve, context", context)),
                null,
                samples.series(metric));
    }
}
