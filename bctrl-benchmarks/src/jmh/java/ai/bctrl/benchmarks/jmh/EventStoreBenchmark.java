package ai.bctrl.benchmarks.jmh;

import ai.bctrl.benchmarks.plane.FilledRecords;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.EventStore;
import ai.bctrl.local.internal.store.NewEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Appending 10 events to a run in a file, and reading 50, by the events that are there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EventStoreBenchmark {
    private static final EventStore.Filter ALL =
            new EventStore.Filter(List.of(), List.of(), null, null, null);

    /** Events of the run before. */
    @Param({"1000", "100000"})
    public int events;

    private FilledRecords records;
    private Database database;
    private EventStore store;
    private final List<NewEvent> ten = new ArrayList<>();

    /** Fills a data directory. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        records = FilledRecords.fill(Files.createTempDirectory("bctrl-jmh-").resolve("data"), 2, events);
        database = Database.open(records.directory());
        store = new EventStore(database);
        for (int i = 0; i < 10; i++) {
            ten.add(new NewEvent(
                    records.otherRun(),
                    "runtime-1",
                    "network.response",
                    "network",
                    "browser",
                    null,
                    null,
                    null,
                    null,
                    "2026-01-02T03:04:05.006Z"));
        }
    }

    /** Removes it. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        database.close();
        records.remove();
        Files.delete(records.directory().getParent());
    }

    /** Writes. */
    @Benchmark
    public void append() {
        database.change(() -> store.insert(ten));
    }

    /** Reads. */
    @Benchmark
    public EventStore.Page read() {
        return store.listAfter(records.bigRun(), ALL, events / 2, 50);
    }
}
