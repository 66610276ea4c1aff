package ai.bctrl.benchmarks.workload;

import ai.bctrl.BctrlClient;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Samples;
import ai.bctrl.benchmarks.plane.FilledRecords;
import ai.bctrl.benchmarks.plane.Isolations;
import ai.bctrl.benchmarks.plane.ServeJvm;
import ai.bctrl.benchmarks.plane.SimulatedBrowsers;
import ai.bctrl.model.ActivityQuery;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.SortOrder;
import ai.bctrl.model.WaitForEventRequest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What calls of the control plane cost with many runs and events on record. Stateless; POSIX. */
final class RecordGrowth implements Workload {
    private static final int FEW = 10;

    /** The list of a space's runtimes has no pages, and names those of the past. */
    private static final int MOST_LISTED = 10_000;

    RecordGrowth() {}

    @Override
    public String id() {
        return "g-records";
    }

    @Override
    public String title() {
        return "calls of the control plane, by runs and events on record";
    }

    @Override
    public List<Result> run(BenchContext context) throws Exception {
        List<Integer> events = switch (context.size()) {
            case MINIMAL -> List.of(100, 1_000);
            case QUICK -> List.of(1_000, 10_000, 100_000);
            case FULL -> List.of(1_000, 10_000, 100_000, 1_000_000);
        };
        Samples byEvents = new Samples();
        Samples byRuns = new Samples();
        measure(context, events, true, byEvents);
        measure(
                context,
                events.subList(0, events.size() - (context.size() == BenchContext.Size.FULL ? 1 : 0)),
                false,
                byRuns);
        return List.of(
                CallCost.result("g-events", "Time of a call by the events of one run", "events", byEvents),
                CallCost.result("g-runs", "Time of a call by the runs on record", "runs", byRuns));
    }

    /** With a control plane for each place, all at the same time, so that they are measured in turns. */
    private static void measure(BenchContext context, List<Integer> places, boolean ofEvents, Samples samples)
            throws Exception {
        Map<Integer, Map<String, CallCost.Call>> calls = new LinkedHashMap<>();
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            SimulatedBrowsers browsers = new SimulatedBrowsers(context.work());
            open.push(browsers);
            for (int place : places) {
                int runs = ofEvents ? FEW : place;
                int events = ofEvents ? place : FEW;
                Path data = context.work().resolve("records-" + System.nanoTime());
                FilledRecords records = FilledRecords.fill(data, runs, events);
                open.push(records::remove);
                context.progress().println("  " + runs + " runs, one of them with " + events + " events");
                ServeJvm serve = ServeJvm.start(List.of(
                        "--data",
                        data.toString(),
                        "--chromium",
                        browsers.program().toString()));
                open.push(serve);
                BctrlClient client = serve.client();
                open.push(client);
                calls.put(place, ofEvents ? eventCalls(client, records) : runCalls(client, records, runs));
            }
            CallCost.measure(calls, context.by(1, 5, 10), context.rounds(1, 5, 9), context.by(1, 8, 15), samples);
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    private static Map<String, CallCost.Call> eventCalls(BctrlClient client, FilledRecords records) {
        String run = records.bigRun();
        List<RunEvent> newest = client.runs()
                .events(
                        run,
                        EventQuery.builder().order(SortOrder.DESC).limit(50).build())
                .items();
        String last = newest.get(0).type();
        Map<String, CallCost.Call> calls = new LinkedHashMap<>();
        calls.put(
                "first 50 events",
                () -> client.runs()
                        .events(
                                run,
                                EventQuery.builder()
                                        .order(SortOrder.ASC)
                                        .limit(50)
                                        .build()));
        calls.put(
                "newest 50 events",
                () -> client.runs()
                        .events(
                                run,
                                EventQuery.builder()
                                        .order(SortOrder.DESC)
                                        .limit(50)
                                        .build()));
        calls.put(
                "50 events of a rare type",
                () -> client.runs()
                        .events(
                                run,
                                EventQuery.builder()
                                        .type(List.of(FilledRecords.RARE))
                                        .limit(50)
                                        .build()));
        calls.put(
                "50 events of two types, one of them rare",
                () -> client.runs()
                        .events(
                                run,
                                EventQuery.builder()
                                        .type(List.of(FilledRecords.RARE, "network.response"))
                                        .limit(50)
                                        .build()));
        calls.put(
                "2nd page of newest events",
                () -> client.runs()
                        .events(
                                run,
                                EventQuery.builder()
                                        .order(SortOrder.DESC)
                                        .limit(50)
                                        .build())
                        .next());
        calls.put(
                "wait for an event of a rare type that is there",
                () -> client.runs()
                        .waitForEvent(
                                run,
                                WaitForEventRequest.builder()
                                        .type(List.of(FilledRecords.RARE))
                                        .timeoutMs(1000)
                                        .build()));
        calls.put("add 10 events to a run", () -> client.runs().addEvents(records.otherRun(), tenEvents(last)));
        calls.put(
                "activity, newest 50",
                () -> client.runs()
                        .activity(run, ActivityQuery.builder().limit(50).build()));
        return calls;
    }

    private static List<NewRunEvent> tenEvents(String note) {
        NewRunEvent event = NewRunEvent.now("test.step", Map.of("note", note));
        return List.of(event, event, event, event, event, event, event, event, event, event);
    }

    private static Map<String, CallCost.Call> runCalls(BctrlClient client, FilledRecords records, int runs) {
        Isolations isolations = Isolations.of(client);
        Map<String, CallCost.Call> calls = new LinkedHashMap<>();
        calls.put("get a run", () -> client.runs().get(records.bigRun()));
        calls.put(
                "newest 50 runs",
                () -> client.runs().list(RunQuery.builder().limit(50).build()));
        calls.put(
                "50 runs that are active",
                () -> client.runs()
                        .list(RunQuery.builder()
                                .status(RunStatus.ACTIVE)
                                .limit(50)
                                .build()));
        calls.put(
                "50 runs found by a word",
                () -> client.runs()
                        .list(RunQuery.builder()
                                .search("no-such-test")
                                .limit(50)
                                .build()));
        calls.put("create and stop a runtime", () -> isolations.stop(isolations.create(Isolations.PROCESS)));
        if (runs <= MOST_LISTED) {
            calls.put(
                    "list all runtimes, each",
                    CallCost.each(() -> client.runtimes().list(isolations.spaceId())));
        }
        return calls;
    }
}
