package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsApiTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;

    @AfterEach
    void close() {
        server.close();
    }

    private String runOf(String runtime) {
        return api.get("/v1/runs?runtimeId=" + runtime.substring(runtime.lastIndexOf('/') + 1))
                .each("runs", "id")
                .get(0);
    }

    private List<String> pages(String path, String list) {
        List<String> all = new ArrayList<>();
        String next = path;
        while (true) {
            Reply page = api.get(next).expect(200);
            all.addAll(page.each(list, "id"));
            if (!page.json().has("nextCursor") || page.json().get("nextCursor").isJsonNull()) {
                return all;
            }
            assertThat(page.array(list)).hasSize(2);
            next = path + "&cursor=" + page.text("nextCursor");
        }
    }

    @Test
    void listsRunsNewestFirstInPages() {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(runOf(api.newRuntime()));
        }
        Collections.reverse(runs);
        assertThat(pages("/v1/runs?limit=2", "runs")).isEqualTo(runs);
        assertThat(api.get("/v1/runs").each("runs", "id")).isEqualTo(runs);
        assertThat(api.get("/v1/runs?limit=5").json().has("nextCursor")).isFalse();
    }

    @Test
    void filtersRuns() {
        String stopped = api.newRuntime();
        String active = api.newRuntime();
        api.send("POST", stopped + "/stop", null).expect(200);
        assertThat(api.get("/v1/runs?status=completed").each("runs", "id")).containsExactly(runOf(stopped));
        assertThat(api.get("/v1/runs?status=active").each("runs", "id")).containsExactly(runOf(active));
        assertThat(api.get("/v1/runs?spaceId=" + api.defaultSpace()).array("runs"))
                .hasSize(2);
        assertThat(api.get("/v1/runs?spaceId=00000000-0000-0000-0000-000000000000")
                        .array("runs"))
                .isEmpty();
    }

    @Test
    void listsEventsInBothOrdersInPages() {
        String runtime = api.newRuntime();
        api.newConnection(runtime).expect(200);
        api.send("POST", runtime + "/stop", null).expect(200);
        String events = "/v1/runs/" + runOf(runtime) + "/events";
        List<String> all = new ArrayList<>(api.get(events).each("events", "id"));
        assertThat(all).hasSize(5);
        assertThat(pages(events + "?limit=2", "events")).isEqualTo(all);
        Collections.reverse(all);
        assertThat(pages(events + "?limit=2&order=desc", "events")).isEqualTo(all);
    }

    @Test
    void filtersEvents() {
        String runtime = api.newRuntime();
        Reply connection = api.newConnection(runtime).expect(200);
        String events = "/v1/runs/" + runOf(runtime) + "/events";
        assertThat(api.get(events + "?type=run.started&type=connection.created").each("events", "type"))
                .containsExactly("run.started", "connection.created");
        assertThat(api.get(events + "?kind=connection,run").each("events", "type"))
                .containsExactly("run.started", "connection.created");
        assertThat(api.get(events + "?connectionId=" + connection.text("id")).each("events", "type"))
                .containsExactly("connection.created");
        assertThat(api.get(events + "?pageId=x").array("events")).isEmpty();
        assertThat(api.get(events + "?contextId=x").array("events")).isEmpty();
        assertThat(api.get(events).each("events", "source")).containsOnly("control-plane");
    }

    @Test
    void givesAnEventThatWasThereBefore() {
        String run = runOf(api.newRuntime());
        Reply first = api.post("/v1/runs/" + run + "/events/wait", "{}").expect(200);
        assertThat(first.object("event").get("type").getAsString()).isEqualTo("runtime.started");
        assertThat(first.json().get("timedOut").getAsBoolean()).isFalse();
        Reply second = api.post("/v1/runs/" + run + "/events/wait", "{\"cursor\":\"" + first.text("cursor") + "\"}")
                .expect(200);
        assertThat(second.object("event").get("type").getAsString()).isEqualTo("run.started");
    }

    @Test
    void waitsForAnEventToCome() throws Exception {
        String runtime = api.newRuntime();
        String wait = "/v1/runs/" + runOf(runtime) + "/events/wait";
        CompletableFuture<Reply> waiting =
                api.sendAsync("POST", wait, "{\"type\":[\"runtime.stopped\"],\"timeoutMs\":20000}");
        api.newConnection(runtime).expect(200);
        assertThat(waiting.isDone()).isFalse();
        api.send("POST", runtime + "/stop", null).expect(200);
        Reply event = waiting.get(5, TimeUnit.SECONDS).expect(200);
        assertThat(event.object("event").get("type").getAsString()).isEqualTo("runtime.stopped");
    }

    @Test
    void waitsNoLongerThanAskedAndSaysWhereToGoOn() {
        String runtime = api.newRuntime();
        String wait = "/v1/runs/" + runOf(runtime) + "/events/wait";
        for (int millis : new int[] {0, 50}) {
            Reply nothing = api.post(wait, "{\"kind\":[\"tool\"],\"timeoutMs\":" + millis + "}")
                    .expect(200);
            assertThat(nothing.json().get("event").isJsonNull()).isTrue();
            assertThat(nothing.json().get("timedOut").getAsBoolean()).isTrue();
            Reply next = api.post(wait, "{\"timeoutMs\":0,\"cursor\":\"" + nothing.text("cursor") + "\"}");
            assertThat(next.json().get("timedOut").getAsBoolean()).isTrue();
        }
    }

    @Test
    void givesEveryEventOnceToOneWhoWaitsOnAndOn() throws Exception {
        String runtime = api.newRuntime();
        String run = runOf(runtime);
        CompletableFuture<List<String>> watching = CompletableFuture.supplyAsync(() -> {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            while (!seen.contains("run.completed")) {
                Reply reply = api.post(
                        "/v1/runs/" + run + "/events/wait",
                        "{\"timeoutMs\":5000" + (cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"") + "}");
                cursor = reply.text("cursor");
                if (!reply.json().get("timedOut").getAsBoolean()) {
                    seen.add(reply.object("event").get("type").getAsString());
                }
            }
            return seen;
        });
        for (int i = 0; i < 20; i++) {
            Reply connection = api.newConnection(runtime).expect(200);
            api.delete(runtime + "/connections/" + connection.text("id")).expect(200);
        }
        api.send("POST", runtime + "/stop", null).expect(200);
        assertThat(watching.get(30, TimeUnit.SECONDS))
                .isEqualTo(api.get("/v1/runs/" + run + "/events").each("events", "type"))
                .hasSize(44);
    }

    @Test
    void endsAllWaitingWithTheControlPlane() throws Exception {
        String wait = "/v1/runs/" + runOf(api.newRuntime()) + "/events/wait";
        CompletableFuture<Reply> waiting = api.sendAsync("POST", wait, "{\"kind\":[\"tool\"],\"timeoutMs\":120000}");
        Poll.until(
                "the request waits",
                Duration.ofSeconds(5),
                () -> api.post(wait, "{\"kind\":[\"tool\"],\"timeoutMs\":100}").status() == 200);
        server.local.close();
        Reply ended = waiting.get(5, TimeUnit.SECONDS).expect(200);
        assertThat(ended.json().get("timedOut").getAsBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"commands", "artifacts"})
    void answersEmptyPagesForWhatARunDoesNotHave(String what) {
        String run = runOf(api.newRuntime());
        assertThat(api.get("/v1/runs/" + run + "/" + what).expect(200).array(what))
                .isEmpty();
        api.get("/v1/runs/00000000-0000-0000-0000-000000000000/" + what).expectError(404, "run.not_found");
        assertThat(api.get("/v1/spaces/" + api.defaultSpace() + "/artifacts?kind=pdf")
                        .expect(200)
                        .array("artifacts"))
                .isEmpty();
    }

    @Test
    void tellsTheTimelineOfARun() {
        String runtime = api.newRuntime();
        String run = runOf(runtime);
        api.send("POST", runtime + "/stop", null).expect(200);
        String activity = "/v1/runs/" + run + "/activity";
        assertThat(api.get(activity).expect(200).each("items", "message"))
                .containsExactly("Browser started (FakeChrome/1.0)", "Browser stopped");
        Reply first = api.get(activity + "?limit=1").expect(200);
        assertThat(first.each("items", "type")).containsExactly("runtime.started");
        Reply second = api.get(activity + "?limit=1&cursor=" + first.text("nextCursor"))
                .expect(200);
        assertThat(second.each("items", "type")).containsExactly("runtime.stopped");
        assertThat(second.json().has("nextCursor")).isFalse();
        assertThat(api.get(activity + "?categories=browser,network").each("items", "type"))
                .isEmpty();
        api.get(activity + "?level=loud").expectError(400, "request.invalid");
        api.get(activity + "?cursor=x").expectError(400, "request.invalid");
        api.get("/v1/runs/00000000-0000-0000-0000-000000000000/activity").expectError(404, "run.not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "recording"})
    void saysThatThereIsNothingToWatchYet(String view) {
        String run = runOf(api.newRuntime());
        api.send("POST", "/v1/runs/" + run + "/" + view, null).expectError(409, "run." + view + "_not_available");
        api.post("/v1/runs/" + run + "/" + view, "{\"expiresInSeconds\":0}").expectError(400, "request.invalid");
        api.post("/v1/runs/none/" + view, "{}").expectError(404, "run.not_found");
    }
}
