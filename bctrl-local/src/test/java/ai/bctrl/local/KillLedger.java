package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What a control plane has acknowledged, to be compared with what it knows after it was killed. Thread-safe. */
final class KillLedger {
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Map<String, String> spaces = new ConcurrentHashMap<>();
    final LongAdder events = new LongAdder();
    final LongAdder artifacts = new LongAdder();
    final LongAdder deletions = new LongAdder();
    final LongAdder checked = new LongAdder();

    /** What was acknowledged of one run; batches and artifacts by their numbers, which are in what is kept of them. */
    private static final class Run {
        final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
        final Map<String, Long> artifacts = new ConcurrentHashMap<>();
        final Set<String> deleted = ConcurrentHashMap.newKeySet();
        final Set<String> perhapsDeleted = ConcurrentHashMap.newKeySet();
    }

    void open(String runId) {
        runs.put(runId, new Run());
    }

    List<String> runIds() {
        return List.copyOf(runs.keySet());
    }

    void acknowledgeEvents(String runId, List<String> ids) {
        run(runId).events.addAll(ids);
        events.add(ids.size());
    }

    void acknowledgeArtifact(String runId, String fileId, long seed) {
        run(runId).artifacts.put(fileId, seed);
        artifacts.increment();
    }

    /** Before the request: whether it comes true without an answer is open. */
    void askToDelete(String runId, String fileId) {
        run(runId).perhapsDeleted.add(fileId);
    }

    void acknowledgeDeletion(String runId, String fileId) {
        run(runId).deleted.add(fileId);
        deletions.increment();
    }

    void acknowledgeSpace(String id, String metadata) {
        spaces.put(id, metadata);
    }

    /** One that may be deleted, or null. */
    @org.jspecify.annotations.Nullable
    String anyArtifact(String runId) {
        Run run = run(runId);
        return run.artifacts.keySet().stream()
                .filter(id -> !run.perhapsDeleted.contains(id))
                .findAny()
                .orElse(null);
    }

    private Run run(String runId) {
        Run run = runs.get(runId);
        if (run == null) {
            throw new AssertionError("no run " + runId);
        }
        return run;
    }

    /** The bytes of an artifact: what was asked to be kept. */
    static byte[] content(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(600_000) : random.nextInt(20_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Compares all that was acknowledged of a run, in order, and that batches are there wholly or not at all. */
    void check(Api api, KillLoad load, String runId) throws Exception {
        Run known = run(runId);
        List<String> ids = new ArrayList<>();
        Map<String, List<Integer>> batches = new LinkedHashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (JsonObject event : all(api, "/v1/runs/" + runId + "/events", "events")) {
            ids.add(event.get("id").getAsString());
            if (event.get("type").getAsString().equals(KillLoad.TYPE)) {
                JsonObject data = event.getAsJsonObject("data");
                String batch = data.get("batch").getAsString();
                batches.computeIfAbsent(batch, name -> new ArrayList<>())
                        .add(data.get("index").getAsInt());
                sizes.put(batch, data.get("of").getAsInt());
                assertThat(data.get("text").getAsString())
                        .isEqualTo(KillLoad.text(batch, data.get("index").getAsInt()));
            }
        }
        assertThat(ids).doesNotHaveDuplicates().containsAll(known.events);
        batches.forEach((batch, indexes) -> assertThat(indexes)
                .as(batch)
                .isEqualTo(java.util.stream.IntStream.range(0, java.util.Objects.requireNonNull(sizes.get(batch)))
                        .boxed()
                        .toList()));
        checked.add(ids.size());
        checkArtifacts(api, load, runId, known);
    }

    private void checkArtifacts(Api api, KillLoad load, String runId, Run known) throws Exception {
        Map<String, JsonObject> listed = new HashMap<>();
        for (JsonObject artifact : all(api, "/v1/runs/" + runId + "/artifacts", "artifacts")) {
            if (artifact.get("kind").getAsString().equals(KillLoad.KIND)) {
                listed.put(artifact.get("fileId").getAsString(), artifact);
            }
        }
        assertThat(known.deleted).noneMatch(listed::containsKey);
        for (String id : known.artifacts.keySet()) {
            assertThat(listed.containsKey(id) || known.perhapsDeleted.contains(id))
                    .as("artifact %s of run %s", id, runId)
                    .isTrue();
        }
        // Also what was not acknowledged: it is there wholly, or is not listed.
        for (JsonObject artifact : listed.values()) {
            long seed = Long.parseLong(artifact.get("name").getAsString().replace(".bin", ""));
            byte[] wanted = content(seed);
            assertThat(artifact.get("sizeBytes").getAsLong()).isEqualTo(wanted.length);
            assertThat(load.download(artifact.get("downloadUrl").getAsString())).isEqualTo(wanted);
            checked.increment();
        }
    }

    void checkSpaces(Api api) {
        spaces.forEach((id, metadata) -> assertThat(api.get("/v1/spaces/" + id)
                        .expect(200)
                        .object("metadata")
                        .get("long")
                        .getAsString())
                .isEqualTo(metadata));
    }

    private static List<JsonObject> all(Api api, String path, String list) {
        List<JsonObject> items = new ArrayList<>();
        String cursor = null;
        do {
            Reply page = api.get(path + "?limit=200" + (cursor == null ? "" : "&cursor=" + cursor))
                    .expect(200);
            page.array(list).forEach(item -> items.add(item.getAsJsonObject()));
            JsonElement next = page.json().get("nextCursor");
            cursor = next == null || next.isJsonNull() ? null : next.getAsString();
        } while (cursor != null);
        return items;
    }
}
