package ai.bctrl.benchmarks.workload;

import ai.bctrl.BctrlClient;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.measure.Target;
import ai.bctrl.benchmarks.measure.Variant;
import ai.bctrl.benchmarks.plane.CdpConnection;
import ai.bctrl.benchmarks.plane.Isolations;
import ai.bctrl.benchmarks.plane.ProcessCost;
import ai.bctrl.benchmarks.plane.ServeJvm;
import ai.bctrl.model.BrowserRuntime;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Memory and processor time of browsers by the number of runtimes that live at once, idle and busy. Stateless; Linux. */
final class Footprint implements Workload {
    private static final String MEMORY = "MB";
    private static final String IDLE = "idle CPU";
    private static final String BUSY_MEMORY = "busy MB";
    private static final String BUSY = "busy CPU";

    Footprint() {}

    @Override
    public String id() {
        return "f";
    }

    @Override
    public String title() {
        return "memory and CPU of runtimes";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        List<Integer> numbers = switch (context.size()) {
            case MINIMAL -> List.of(1, 2);
            case QUICK -> List.of(1, 4);
            case FULL -> List.of(1, 4, 16, 32, 64);
        };
        Samples samples = new Samples();
        try (ServeJvm serve =
                        ServeJvm.start(List.of("--chromium", context.chromium().toString(), "--max-runtimes", "70"));
                BctrlClient client = serve.client()) {
            Isolations isolations = Isolations.of(client);
            HttpClient http = HttpClient.newHttpClient();
            for (int number : numbers) {
                List<Variant> variants = new ArrayList<>();
                for (String isolation : List.of(Isolations.PROCESS, Isolations.CONTEXT)) {
                    String lacks = isolations.lacks(isolation);
                    variants.add(
                            lacks == null
                                    ? Variant.of(
                                            isolation,
                                            () -> measure(context, serve, isolations, isolation, http, number))
                                    : Variant.without(isolation, lacks));
                }
                context.interleaved().run(variants, 0, context.rounds(1, 2, 5), (double) number, samples);
            }
        }
        Target small = new Target(Isolations.CONTEXT, 0.15);
        return List.of(
                result("f-memory", "Memory (PSS) of browsers, per idle runtime", "MB", samples, MEMORY, List.of(small)),
                result("f-idle-cpu", "Processor time of browsers, per idle runtime", "ms/s", samples, IDLE, List.of()),
                result(
                        "f-busy-memory",
                        "Memory (PSS) of browsers, per busy runtime",
                        "MB",
                        samples,
                        BUSY_MEMORY,
                        List.of()),
                result("f-busy-cpu", "Processor time of browsers, per busy runtime", "ms/s", samples, BUSY, List.of()));
    }

    private static Result result(
            String id, String title, String unit, Samples samples, String metric, List<Target> targets) {
        return new Result(
                id, title, unit, false, Isolations.PROCESS, targets, "runtimes at once", samples.series(metric));
    }

    private static Map<String, Double> measure(
            BenchContext context, ServeJvm serve, Isolations isolations, String isolation, HttpClient http, int number)
            throws Exception {
        List<BrowserRuntime> runtimes = new ArrayList<>();
        List<CdpConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                BrowserRuntime runtime = isolations.create(isolation);
                runtimes.add(runtime);
                connections.add(CdpConnection.open(http, isolations.connect(runtime)));
            }
            Duration time = Duration.ofSeconds(context.by(1, 3, 5));
            Map<String, Double> measured = new LinkedHashMap<>();
            pause(time);
            measured.putAll(costs(serve, number, time, MEMORY, IDLE));
            for (CdpConnection connection : connections) {
                long unused = connection.call("Page.navigate", "{\"url\":\"" + context.url() + "busy\"}");
            }
            pause(time);
            measured.putAll(costs(serve, number, time, BUSY_MEMORY, BUSY));
            return measured;
        } finally {
            connections.forEach(CdpConnection::close);
            runtimes.forEach(isolations::stop);
        }
    }

    private static Map<String, Double> costs(ServeJvm serve, int number, Duration time, String memory, String cpu)
            throws InterruptedException {
        List<ProcessHandle> browsers = serve.browsers();
        ProcessCost before = ProcessCost.of(browsers);
        long start = System.nanoTime();
        pause(time);
        ProcessCost after = ProcessCost.of(browsers);
        double seconds = (System.nanoTime() - start) / 1e9;
        return Map.of(
                memory,
                after.pssMegabytes() / number,
                cpu,
                after.cpu().minus(before.cpu()).toMillis() / seconds / number);
    }

    private static void pause(Duration time) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
