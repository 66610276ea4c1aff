package ai.bctrl.benchmarks.jmh;

import ai.bctrl.internal.json.Json;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunEventList;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JSON codec of the client on a page of 100 events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonCodecBenchmark {
    private final RunEventList events = new RunEventList(events(), null, new JsonObject());
    private final String text = Json.write(events);

    private static List<RunEvent> events() {
        JsonObject data = new JsonObject();
        data.addProperty("url", "https://shop.example/items/1");
        data.addProperty("status", 200);
        List<RunEvent> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(new RunEvent(
                    "network.response",
                    "2026-01-02T03:04:05.006Z",
                    "browser",
                    "event-" + i,
                    "run-1",
                    "runtime-1",
                    "network",
                    null,
                    null,
                    null,
                    data,
                    new JsonObject()));
        }
        return events;
    }

    /** Text of the records. */
    @Benchmark
    public String encode() {
        return Json.write(events);
    }

    /** Records of the text. */
    @Benchmark
    public RunEventList decode() {
        return Json.read(text, RunEventList.class);
    }
}
