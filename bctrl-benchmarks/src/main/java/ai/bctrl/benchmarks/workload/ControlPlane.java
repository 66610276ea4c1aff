package ai.bctrl.benchmarks.workload;

import ai.bctrl.BctrlClient;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.plane.Isolations;
import ai.bctrl.benchmarks.plane.ServeJvm;
import ai.bctrl.benchmarks.plane.SimulatedBrowsers;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.RunQuery;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What calls of the control plane cost with many runtimes alive, whose browsers are simulated, and how many it answers each
 * second. Stateless; POSIX.
 */
final class ControlPlane implements Workload {
    private static final int STARTERS = 4;
    private static final int CALLERS = 4;

    ControlPlane() {}

    @Override
    public String id() {
        return "g";
    }

    @Override
    public String title() {
        return "calls of the control plane, by runtimes";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        List<Integer> numbers = switch (context.size()) {
            case MINIMAL -> List.of(2, 4);
            case QUICK -> List.of(10, 100);
            case FULL -> List.of(10, 100, 300, 1000);
        };
        Samples calls = new Samples();
        Samples rates = new Samples();
        Path data = context.work().resolve("plane-" + System.nanoTime());
        try (SimulatedBrowsers browsers = new SimulatedBrowsers(context.work());
                ServeJvm serve = ServeJvm.start(List.of(
                        "--chromium",
                        browsers.program().toString(),
                        "--max-runtimes",
                        "1100",
                        "--data",
                        data.toString()));
                BctrlClient client = serve.client()) {
            Isolations isolations = Isolations.of(client);
            List<BrowserRuntime> alive = new ArrayList<>();
            // The first place comes twice: what warms up or tires during the measurement is told from what grows.
            for (int number : upAndBack(numbers)) {
                start(isolations, alive, number);
                context.progress().println("  " + alive.size() + " runtimes");
                CallCost.measure(
                        Map.of(number, calls(client, isolations, alive)),
                        context.by(1, 5, 10),
                        context.rounds(1, 5, 9),
                        context.by(1, 8, 15),
                        calls);
                for (int round = 0; round < context.rounds(1, 2, 5); round++) {
                    rate(client, isolations, alive, number, context, rates);
                }
            }
        }
        return List.of(
                CallCost.result("g-runtimes", "Time of a call by the number of runtimes alive", "runtimes", calls),
                new Result(
                        "g-rate",
                        "Calls answered, " + CALLERS + " callers at once",
                        "calls/s",
                        true,
                        null,
                        List.of(),
                        "runtimes",
                        rates.series("calls/s")));
    }

    private static List<Integer> upAndBack(List<Integer> numbers) {
        List<Integer> all = new ArrayList<>(numbers);
        all.add(numbers.get(0));
        return all;
    }

    /** Starts or stops as many as are missing or too many. */
    private static void start(Isolations isolations, List<BrowserRuntime> alive, int number) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(STARTERS);
        try {
            List<Future<?>> stopping = new ArrayList<>();
            while (alive.size() > number) {
                BrowserRuntime last = alive.remove(alive.size() - 1);
                stopping.add(threads.submit(() -> isolations.stop(last)));
            }
            for (Future<?> stopped : stopping) {
                stopped.get(2, TimeUnit.MINUTES);
            }
            List<Future<BrowserRuntime>> starting = new ArrayList<>();
            for (int i = alive.size(); i < number; i++) {
                starting.add(threads.submit(() -> isolations.create(Isolations.PROCESS)));
            }
            for (Future<BrowserRuntime> started : starting) {
                alive.add(started.get(2, TimeUnit.MINUTES));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, CallCost.Call> calls(
            BctrlClient client, Isolations isolations, List<BrowserRuntime> alive) {
        BrowserRuntime some = alive.get(alive.size() / 2);
        String run = Objects.requireNonNull(some.activeRunId());
        Deque<BrowserRuntime> extra = new ArrayDeque<>();
        Map<String, CallCost.Call> calls = new LinkedHashMap<>();
        calls.put("create a runtime", () -> extra.push(isolations.create(Isolations.PROCESS)));
        calls.put("get a runtime", () -> client.runtimes().get(isolations.spaceId(), some.id()));
        calls.put(
                "list all runtimes, each", CallCost.each(() -> client.runtimes().list(isolations.spaceId())));
        calls.put("create and revoke a connection", () -> {
            CreatedConnection made =
                    client.connections().create(isolations.spaceId(), some.id(), CreateConnectionRequest.cdp(60));
            client.connections().revoke(isolations.spaceId(), some.id(), made.id());
        });
        calls.put("get a run", () -> client.runs().get(run));
        calls.put(
                "list 50 runs",
                () -> client.runs().list(RunQuery.builder().limit(50).build()));
        calls.put(
                "list runs of a runtime",
                () -> client.runs()
                        .list(RunQuery.builder().runtimeId(some.id()).limit(50).build()));
        calls.put(
                "list 50 events",
                () -> client.runs().events(run, EventQuery.builder().limit(50).build()));
        calls.put(
                "add an event",
                () -> client.runs().addEvents(run, List.of(NewRunEvent.now("test.step", Map.of("name", "a step")))));
        calls.put("whoami", () -> client.auth().whoami());
        calls.put("stop a runtime", () -> isolations.stop(extra.pop()));
        return calls;
    }

    /** Reads and writes as a test does, from several threads, for some seconds. */
    private static void rate(
            BctrlClient client,
            Isolations isolations,
            List<BrowserRuntime> alive,
            int number,
            BenchContext context,
            Samples rates)
            throws Exception {
        LongAdder made = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            long start = System.nanoTime();
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller;
                callers.add(threads.submit(() -> {
                    for (int i = first; !over.get(); i += CALLERS) {
                        BrowserRuntime some = alive.get(i % alive.size());
                        String run = Objects.requireNonNull(some.activeRunId());
                        client.runtimes().get(isolations.spaceId(), some.id());
                        client.runs().addEvents(run, List.of(NewRunEvent.now("test.step", Map.of("n", i))));
                        client.runs().get(run);
                        made.add(3);
                    }
                }));
            }
            boolean unused = threads.awaitTermination(context.by(200, 2000, 4000), TimeUnit.MILLISECONDS);
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get(1, TimeUnit.MINUTES);
            }
            rates.add(
                    "get runtime, add event, get run",
                    "calls/s",
                    (double) number,
                    made.sum() / ((System.nanoTime() - start) / 1e9));
        } finally {
            threads.shutdownNow();
        }
    }
}
