package ai.bctrl.local;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients that write events, artifacts and spaces as fast as they are answered, and note what is acknowledged, until the
 * control plane is gone. Whoever made it closes it.
 */
final class KillLoad implements AutoCloseable {
    static final String TYPE = "test.killed";
    static final String KIND = "killed";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String baseUrl;
    private final KillLedger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    KillLoad(String baseUrl, KillLedger ledger) {
        this.baseUrl = baseUrl;
        this.ledger = ledger;
    }

    private interface Writer {
        void write(Random random) throws IOException, InterruptedException;
    }

    /** Begins to write into runs. */
    void begin(long seed, List<String> runIds) {
        Random seeds = new Random(seed);
        for (int i = 0; i < 3; i++) {
            writer(seeds.nextLong(), random -> events(runIds.get(random.nextInt(runIds.size())), random));
        }
        for (int i = 0; i < 2; i++) {
            writer(seeds.nextLong(), random -> artifact(runIds.get(random.nextInt(runIds.size())), random));
        }
        writer(seeds.nextLong(), random -> {
            delete(runIds.get(random.nextInt(runIds.size())));
            space(random);
        });
    }

    private void writer(long seed, Writer writer) {
        Thread thread = new Thread(
                () -> {
                    Random random = new Random(seed);
                    try {
                        while (!over.get()) {
                            writer.write(random);
                        }
                    } catch (IOException killed) {
                        // What was not answered was not acknowledged.
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | AssertionError fault) {
                        faults.add(fault);
                    }
                },
                "load-" + threads.size());
        threads.add(thread);
        thread.start();
    }

    /** What an event of a batch says. */
    static String text(String batch, int index) {
        Random random = new Random(31L * batch.hashCode() + index);
        return "x\u00e4".repeat(random.nextInt(20) == 0 ? random.nextInt(4_000) : random.nextInt(60));
    }

    private void events(String runId, Random random) throws IOException, InterruptedException {
        String batch = Long.toHexString(random.nextLong());
        int count = 1 + random.nextInt(5);
        JsonArray events = new JsonArray();
        for (int i = 0; i < count; i++) {
            JsonObject data = new JsonObject();
            data.addProperty("batch", batch);
            data.addProperty("index", i);
            data.addProperty("of", count);
            data.addProperty("text", text(batch, i));
            JsonObject event = new JsonObject();
            event.addProperty("type", TYPE);
            event.add("data", data);
            events.add(event);
        }
        JsonObject body = new JsonObject();
        body.add("events", events);
        Reply reply = post("/v1/runs/" + runId + "/events", "application/json", Json.write(body));
        ledger.acknowledgeEvents(runId, reply.expect(200).each("events", "id"));
    }

    private void artifact(String runId, Random random) throws IOException, InterruptedException {
        long seed = random.nextLong();
        Reply reply = send(request("/v1/runs/" + runId + "/artifacts?kind=" + KIND + "&name=" + seed + ".bin")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(KillLedger.content(seed)))
                .build());
        ledger.acknowledgeArtifact(runId, reply.expect(200).text("fileId"), seed);
    }

    private void delete(String runId) throws IOException, InterruptedException {
        String file = ledger.anyArtifact(runId);
        if (file == null) {
            return;
        }
        ledger.askToDelete(runId, file);
        String space = send(request("/v1/auth/whoami").GET().build()).text("defaultSpaceId");
        send(request("/v1/spaces/" + space + "/storage/files/" + file).DELETE().build())
                .expect(200);
        ledger.acknowledgeDeletion(runId, file);
    }

    /** Long texts lie elsewhere in the database than short ones. */
    private void space(Random random) throws IOException, InterruptedException {
        String text = "\u00e4long".repeat(random.nextInt(2_000));
        JsonObject metadata = new JsonObject();
        metadata.addProperty("long", text);
        JsonObject body = new JsonObject();
        body.addProperty("name", "s");
        body.add("metadata", metadata);
        ledger.acknowledgeSpace(
                post("/v1/spaces", "application/json", Json.write(body))
                        .expect(200)
                        .text("id"),
                text);
    }

    private Reply post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : baseUrl + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + ServeProcess.KEY);
    }

    private static Reply send(HttpRequest request) throws IOException, InterruptedException {
        return Reply.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    byte[] download(String url) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HTTP.send(request(url).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(url + " answers " + response.statusCode());
        }
        return response.body();
    }

    /** Waits for all writers, whose control plane is gone. */
    void end() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join(40_000);
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " is not told that its control plane is gone");
            }
        }
        Throwable fault = faults.poll();
        if (fault != null) {
            throw new AssertionError("a request was not answered as it should be", fault);
        }
    }

    @Override
    public void close() {
        over.set(true);
        threads.forEach(Thread::interrupt);
    }
}
