package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.fuzz.Fuzz;
import ai.bctrl.local.fuzz.FuzzedRequest;
import ai.bctrl.local.fuzz.Operation;
import ai.bctrl.local.fuzz.RequestJunk;
import ai.bctrl.local.fuzz.Wire;
import com.google.gson.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract, and each page, with requests that are nearly right and wholly wrong: there is always an
 * answer, in the documented form, and nothing is left behind.
 */
class FuzzApiTest {
    private static final int ROUND = 2500;
    private static final int REFRESH = 250;
    private static final int ANSWER_MILLIS = 15_000;
    private static final int SLOW_MILLIS = 150;
    private static final String KEY = "key-7f3a91c2";
    private static final String READER = "reader-55d0e1b7";
    private static final Set<String> UNAVAILABLE = Set.of("503", "507");
    private static final Pattern TRACE = Pattern.compile(
            "Exception|\\bat (ai\\.bctrl|org\\.|java\\.|com\\.)|org\\.eclipse|org\\.h2|java\\.(lang|util|io|sql)\\.|\\.java:|jdbc:");

    private final Operation.Contract contract = Operation.Contract.read();
    private final Map<String, Integer> tally = new TreeMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    @TempDir
    java.nio.file.Path data;

    /** What was not as it must be, for the first time. */
    private record Finding(int number, String problem, FuzzedRequest request, int times) {
        Finding again() {
            return new Finding(number, problem, request, times + 1);
        }

        @Override
        public String toString() {
            return "request " + number + " (" + times + " like it; again with -Dbctrl.fuzz.seed=" + Fuzz.seed()
                    + " -Dbctrl.fuzz.only=" + number + "): " + problem + "\n  " + request;
        }
    }

    @Test
    void answersEveryRequestInTheDocumentedForm() throws IOException, InterruptedException {
        int only = Integer.getInteger("bctrl.fuzz.only", -1);
        int first = only < 0 ? 0 : only / ROUND * ROUND;
        int last = only < 0 ? Fuzz.requests() : only + 1;
        long start = System.nanoTime();
        for (int from = first; from < last; from += ROUND) {
            round(from, Math.min(last, from + ROUND));
        }
        System.out.println("fuzz: " + (last - first) + " requests in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s: " + tally);
        assertThat(findings.values()).isEmpty();
    }

    /** Each round has a control plane of its own, every second one with a data directory. */
    private void round(int from, int to) throws IOException, InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        java.nio.file.Path directory =
                from / ROUND % 2 == 1 ? java.nio.file.Files.createDirectory(data.resolve("d" + from)) : null;
        try (TestServer server = TestServer.start(options -> options.apiKey(KEY)
                .readOnlyApiKey(READER)
                .metrics(true)
                .maxFileBytes(100_000)
                .dataDirectory(directory))) {
            new Round(server, from % (8 * ROUND) == 0 ? 20 : 0).run(from, to);
            assertThat(server.engine.browsers()).allMatch(FakeBrowser::isClosed);
        }
        Poll.until(
                "its threads have ended",
                Duration.ofSeconds(20),
                () -> left(before).isEmpty());
    }

    private static List<Thread> left(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bctrl-") && !before.contains(thread))
                .toList();
    }

    private void count(String what) {
        tally.merge(what, 1, Integer::sum);
    }

    /** A control plane and what is sent to it. */
    private final class Round {
        private final TestServer server;
        private final Api api;
        private final int port;
        private final RequestJunk requests;
        private final Map<String, String> ids = new HashMap<>();
        private final int mayStayOpen;
        private final List<Wire> open = new ArrayList<>();
        private @Nullable Wire wire;

        Round(TestServer server, int mayStayOpen) {
            this.mayStayOpen = mayStayOpen;
            this.server = server;
            this.api = server.api;
            URI url = URI.create(server.local.baseUrl());
            this.port = url.getPort();
            this.requests = new RequestJunk(contract, url.getAuthority(), Map.of("full", KEY, "reader", READER));
        }

        void run(int from, int to) throws IOException {
            for (int number = from; number < to; number++) {
                if ((number - from) % REFRESH == 0) {
                    refresh();
                }
                FuzzedRequest request = requests.next(Fuzz.junk(number), ids);
                try {
                    exchange(request);
                } catch (IOException | RuntimeException | AssertionError failed) {
                    hangUp();
                    String problem = String.valueOf(failed.getMessage());
                    findings.merge(
                            request.target() + " " + problem.lines().findFirst().orElse(""),
                            new Finding(number, problem, request, 1),
                            (known, again) -> known.again());
                }
            }
            hangUp();
            for (Wire waiting : open) {
                assertThat(isAnswered(waiting))
                        .as("a request that never becomes whole is answered or ended")
                        .isTrue();
                waiting.close();
            }
            stopAll();
        }

        private boolean isAnswered(Wire waiting) {
            try {
                return waiting.read(false, ANSWER_MILLIS) != null;
            } catch (IOException ended) {
                return true;
            }
        }

        /** Good requests, which work all the time, and make what the others are about. */
        private void refresh() throws IOException {
            stopAll();
            // One that was heard of for the last time a while ago would lose the new runtime.
            api.post("/v1/owners/owner-1/heartbeat", "{\"ttlSeconds\":3600}").expect(200);
            String space =
                    api.post("/v1/spaces", "{\"name\":\"fuzz\"}").expect(200).text("id");
            String runtimes = "/v1/spaces/" + space + "/runtimes";
            Reply runtime = api.post(runtimes, "{\"type\":\"browser\",\"metadata\":{\"bctrlOwner\":\"owner-1\"}}")
                    .expect(200);
            String runtimeId = runtime.text("id");
            String run = api.get("/v1/runs?runtimeId=" + runtimeId)
                    .expect(200)
                    .each("runs", "id")
                    .get(0);
            api.post(
                            "/v1/runs/" + run + "/events",
                            "{\"events\":[{\"type\":\"test.step\",\"data\":{\"title\":\"one\"}}]}")
                    .expect(200);
            Reply artifact = api.send(
                            "POST",
                            "/v1/runs/" + run + "/artifacts?kind=file&name=a.txt",
                            "abc",
                            "Content-Type",
                            "text/plain")
                    .expect(200);
            String files = "/v1/spaces/" + space + "/storage/files";
            Reply file = api.send("POST", files, """
                            --b\r
                            Content-Disposition: form-data; name="file"; filename="a.txt"\r
                            \r
                            hello\r
                            --b--\r
                            """, "Content-Type", "multipart/form-data; boundary=b")
                    .expect(200);
            ids.clear();
            ids.put("spaceId", space);
            ids.put("runtimeId", runtimeId);
            ids.put("runId", run);
            ids.put("fileId", file.text("id"));
            ids.put("artifactId", artifact.text("id"));
            ids.put("ownerId", "owner-1");
            ids.put(
                    "connectionId",
                    api.newConnection(runtimes + "/" + runtimeId).expect(200).text("id"));
            String live =
                    api.post("/v1/runs/" + run + "/live", "{}").expect(200).text("iframeUrl");
            ids.put("liveToken", live.substring(live.lastIndexOf('/') + 1));
        }

        private void stopAll() {
            for (Reply spaces = api.get("/v1/spaces").expect(200); spaces != null; spaces = null) {
                for (String space : spaces.each("spaces", "id")) {
                    String runtimes = "/v1/spaces/" + space + "/runtimes";
                    for (var runtime : api.get(runtimes).expect(200).array("runtimes")) {
                        JsonObject one = runtime.getAsJsonObject();
                        if (one.get("status").getAsString().equals("active")) {
                            api.send("POST", runtimes + "/" + one.get("id").getAsString() + "/stop", null)
                                    .expect(200);
                        }
                    }
                }
            }
            assertThat(api.get("/v1/runs?status=active").expect(200).array("runs"))
                    .isEmpty();
            assertThat(server.engine.browsers()).allMatch(FakeBrowser::isClosed);
        }

        private void hangUp() throws IOException {
            if (wire != null) {
                wire.close();
                wire = null;
            }
        }

        private void exchange(FuzzedRequest request) throws IOException {
            boolean fresh = wire == null;
            Wire current = wire == null ? new Wire(port) : wire;
            wire = current;
            current.send(request.bytes());
            if (request.open() && open.size() < mayStayOpen) {
                open.add(current);
                wire = null;
                return;
            }
            if (!request.whole()) {
                current.endOutput();
            }
            Wire.Answer answer;
            try {
                answer = current.read(request.head(), request.slow() && request.whole() ? SLOW_MILLIS : ANSWER_MILLIS);
            } catch (EOFException | SocketException ended) {
                hangUp();
                if (request.whole() && !fresh) {
                    // It was idle for too long, or closed by the request before.
                    exchange(request);
                } else if (request.whole() && request.sent().length() < 100_000) {
                    throw ended;
                }
                count("ended");
                return;
            }
            if (answer == null) {
                assertThat(request.slow()).as("there is no answer").isTrue();
                count("waits");
                hangUp();
                return;
            }
            count(Integer.toString(answer.status()));
            check(request, answer);
            if (!request.whole() || !answer.ended() || "close".equals(answer.header("connection"))) {
                hangUp();
            }
        }

        private void check(FuzzedRequest request, Wire.Answer answer) {
            String shown = answer.head() + " " + answer.body();
            String status = Integer.toString(answer.status());
            assertThat(answer.status() < 500 || UNAVAILABLE.contains(status))
                    .as(shown)
                    .isTrue();
            assertThat(shown).doesNotContain(KEY, READER);
            assertThat(answer.header("x-request-id")).as(shown).isNotNull();
            String type = String.valueOf(answer.header("content-type"));
            if (answer.status() >= 400 && !request.head()) {
                assertThat(TRACE.matcher(answer.body()).find()).as(shown).isFalse();
                if (!type.startsWith("text/html") || !isPage(request)) {
                    checkError(answer, shown);
                }
            }
        }

        private boolean isPage(FuzzedRequest request) {
            String target = request.target();
            return !request.whole()
                    || target.contains(" /console")
                    || target.contains(" /live")
                    || target.contains(" /replay");
        }

        private void checkError(Wire.Answer answer, String shown) {
            assertThat(answer.header("content-type")).as(shown).isEqualTo("application/json");
            JsonObject body = Json.parseObject(answer.body());
            assertThat(body.keySet()).as(shown).containsExactly("error", "code", "requestId", "details");
            assertThat(body.get("error").getAsString()).as(shown).isNotBlank().doesNotContain("\n");
            assertThat(body.get("requestId").getAsString()).isEqualTo(answer.header("x-request-id"));
            assertThat(body.get("details").isJsonObject()).as(shown).isTrue();
            String code = body.get("code").getAsString();
            assertThat(contract.words().contains(code))
                    .as("the contract names " + code)
                    .isTrue();
        }
    }
}
