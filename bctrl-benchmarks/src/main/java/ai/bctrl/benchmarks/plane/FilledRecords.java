package ai.bctrl.benchmarks.plane;

import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.EventStore;
import ai.bctrl.local.internal.store.NewEvent;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.local.internal.store.RuntimeStore;
import ai.bctrl.local.internal.store.SpaceStore;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.Isolation;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeStatus;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A data directory with many runs and events of the past, written past the API, which would take hours. Immutable.
 *
 * @param directory for {@code serve --data}
 * @param bigRun id of the run with the events
 * @param otherRun id of another run
 */
public record FilledRecords(Path directory, String bigRun, String otherRun) {
    /** Type of one event in a thousand. */
    public static final String RARE = "page.crashed";

    private static final int BATCH = 2000;
    private static final String THEN = "2026-01-02T03:04:05.006Z";

    /**
     * Writes one.
     *
     * @param directory must not exist
     * @param runs how many runs, at least 2
     * @param events how many events one of them has
     */
    public static FilledRecords fill(Path directory, int runs, int events) throws IOException {
        Files.createDirectories(directory);
        LocalBctrl.start(LocalOptions.builder().dataDirectory(directory).build())
                .close();
        try (Database database = Database.open(directory)) {
            String space = new SpaceStore(database).list().get(0).id();
            List<String> ids = new ArrayList<>();
            for (int done = 0; done < runs; done += BATCH) {
                int many = Math.min(BATCH, runs - done);
                database.change(() -> {
                    for (int i = 0; i < many; i++) {
                        ids.add(run(database, space));
                    }
                });
            }
            String big = ids.get(ids.size() / 2);
            EventStore store = new EventStore(database);
            for (int done = 0; done < events; done += BATCH) {
                List<NewEvent> batch = new ArrayList<>();
                for (int i = done; i < Math.min(events, done + BATCH); i++) {
                    batch.add(event(big, i));
                }
                database.change(() -> store.insert(batch));
            }
            return new FilledRecords(directory, big, ids.get(0));
        }
    }

    private static String run(Database database, String space) {
        String runtime = UUID.randomUUID().toString();
        String run = UUID.randomUUID().toString();
        new RuntimeStore(database)
                .insert(new StoredRuntime(
                        runtime,
                        space,
                        "past",
                        RuntimeStatus.STOPPED,
                        run,
                        null,
                        Isolation.PROCESS,
                        null,
                        "Chrome/156",
                        null,
                        THEN,
                        THEN));
        RunStore runs = new RunStore(database);
        runs.insert(run, runtime, space, THEN);
        runs.end(run, RunStatus.COMPLETED, null, THEN);
        return run;
    }

    private static NewEvent event(String run, int number) {
        JsonObject data = new JsonObject();
        data.addProperty("url", "https://shop.example/items/" + number);
        data.addProperty("status", 200);
        boolean rare = number % 1000 == 0;
        return new NewEvent(
                run,
                UUID.nameUUIDFromBytes(new byte[] {1}).toString(),
                rare ? RARE : "network.response",
                rare ? "page" : "network",
                "browser",
                null,
                null,
                null,
                data,
                THEN);
    }

    /** Removes the directory. */
    public void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
