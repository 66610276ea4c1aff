package ai.bctrl.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.fuzz.Fuzz;
import ai.bctrl.local.fuzz.Junk;
import ai.bctrl.local.fuzz.SocketJunk;
import ai.bctrl.local.fuzz.Wire;
import com.google.gson.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Upgrades to the sockets of controllers and viewers, and what is sent on them: each is answered, and each ends. */
class FuzzUpgradesTest {
    private static final int SOCKETS = 6;
    private static final int MILLIS = 15_000;

    private final TestServer server = TestServer.start();
    private final Api api = server.api;
    private final URI base = URI.create(server.local.baseUrl());
    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<String> urls = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersEveryUpgradeAndEndsEverySocket() {
        for (int i = 0; i < SOCKETS; i++) {
            String runtime = api.newRuntime();
            urls.add(TestServer.url(api.newConnection(runtime)));
            String id = runtime.substring(runtime.lastIndexOf('/') + 1);
            String run = api.get("/v1/runs?runtimeId=" + id).each("runs", "id").get(0);
            String page = api.post("/v1/runs/" + run + "/live", "{\"control\":\"input\"}")
                    .expect(200)
                    .text("iframeUrl");
            urls.add(page.replace("http:", "ws:") + "/socket");
        }
        long start = System.nanoTime();
        Fuzz.each(Fuzz.upgrades(), junk -> {
            String url = junk.pick(urls);
            byte[] head = SocketJunk.head(junk, target(url), base.getAuthority(), junk.chance(40));
            byte[] frames = SocketJunk.frames(junk);
            try {
                exchange(junk, head, frames);
            } catch (IOException | RuntimeException | AssertionError failed) {
                throw new AssertionError(
                        failed + "\n" + new String(head, ISO_8859_1) + "\n" + new String(frames, ISO_8859_1), failed);
            }
        });
        System.out.println("fuzz: " + Fuzz.upgrades() + " upgrades in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s: " + tally);
        for (String url : urls) {
            Poll.until("a good upgrade works", Duration.ofSeconds(10), () -> TestSocket.refusal(url) == 101);
        }
        assertThat(api.get("/v1/runs?status=active").expect(200).array("runs")).hasSize(SOCKETS);
    }

    private static String target(String url) {
        URI uri = URI.create(url);
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private void exchange(Junk junk, byte[] head, byte[] frames) throws IOException {
        try (Wire wire = new Wire(base.getPort())) {
            wire.send(head);
            boolean headOnly = head.length > 4 && new String(head, 0, 4, ISO_8859_1).equals("HEAD");
            boolean early = junk.chance(30);
            if (early) {
                wire.send(frames);
            }
            Wire.Answer answer;
            try {
                answer = wire.read(headOnly, 100);
                if (answer == null) {
                    // The head may be not whole.
                    wire.endOutput();
                    answer = wire.read(headOnly, MILLIS);
                }
            } catch (EOFException | SocketException ended) {
                tally.merge("ended", 1, Integer::sum);
                return;
            }
            assertThat(answer).as("an answer").isNotNull();
            tally.merge(Integer.toString(answer.status()), 1, Integer::sum);
            if (answer.status() == 101) {
                if (!early) {
                    wire.send(frames);
                }
                end(junk, wire);
            } else {
                check(answer);
            }
        }
    }

    private static void end(Junk junk, Wire wire) throws IOException {
        switch (junk.below(4)) {
            case 0 -> {
                wire.reset();
                return;
            }
            case 1 -> wire.endOutput();
            case 2 -> {
                wire.send(SocketJunk.close());
                wire.endOutput();
            }
            default -> {
                wire.send(junk.bytes(300));
                wire.endOutput();
            }
        }
        assertThat(wire.ends(MILLIS)).as("the socket ends").isTrue();
    }

    private static void check(Wire.Answer answer) {
        String shown = answer.head() + answer.body();
        assertThat(answer.status()).as(shown).isBetween(200, 499);
        boolean page = String.valueOf(answer.header("content-type")).startsWith("text/html");
        if (answer.status() >= 400 && !page && !answer.body().isEmpty()) {
            JsonObject body = Json.parseObject(answer.body());
            assertThat(body.keySet()).as(shown).containsExactly("error", "code", "requestId", "details");
            assertThat(answer.header("x-request-id"))
                    .isEqualTo(body.get("requestId").getAsString());
        }
    }
}
