package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged is there after SIGKILL at any moment: under load, while it starts, with and without browsers.
 *
 * <p>{@code -Dbctrl.kills=200} kills that often, {@code -Dbctrl.kills.seed=N} repeats a sequence of kills.
 */
class KillsBrowserIT {
    private static final int KILLS = Integer.getInteger("bctrl.kills", 5);

    /** After so many kills new runs are opened, so that no check takes long. */
    private static final int EPOCH = 10;

    private final KillLedger ledger = new KillLedger();
    private final List<String> fresh = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void losesNothingThatWasAcknowledged() throws Exception {
        long seed = Long.getLong("bctrl.kills.seed", 20261122L);
        Random random = new Random(seed);
        long begin = System.nanoTime();
        for (int kill = 0; kill < KILLS; kill++) {
            try {
                if (kill % EPOCH == 7) {
                    killWhileItStarts(random.nextInt(1500));
                } else {
                    killUnderLoad(random, kill % EPOCH == 0);
                }
            } catch (AssertionError lost) {
                throw new AssertionError("kill " + kill + " of seed " + seed + ": " + lost.getMessage(), lost);
            }
            if (kill % 20 == 19) {
                report(kill + 1, begin);
            }
        }
        try (ServeProcess serving = start()) {
            Api api = serving.api();
            check(api, ledger.runIds());
            ledger.checkSpaces(api);
            checkFiles(api);
        }
        report(KILLS, begin);
    }

    private void report(int kills, long begin) {
        System.err.println("kills: " + kills + " in "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s; acknowledged " + ledger.events
                + " events, " + ledger.artifacts + " artifacts, " + ledger.deletions + " deletions; " + ledger.checked
                + " comparisons");
    }

    private ServeProcess start() throws IOException {
        return ServeProcess.start(directory.resolve("data"), directory);
    }

    private void killWhileItStarts(int millis) throws Exception {
        try (ServeProcess serving = start()) {
            pause(millis);
            serving.kill();
        }
    }

    private void killUnderLoad(Random random, boolean withBrowsers) throws Exception {
        try (ServeProcess serving = start()) {
            Api api = serving.api();
            try (KillLoad load = new KillLoad(api.baseUrl(), ledger)) {
                check(api, fresh);
                if (withBrowsers) {
                    openRuns(api);
                }
                load.begin(random.nextLong(), List.copyOf(fresh));
                pause(100 + random.nextInt(700));
                serving.kill();
                load.end();
            }
        }
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }

    /** One run that is over, and one whose browser is recorded and dies with the control plane. */
    private void openRuns(Api api) {
        fresh.clear();
        String over = api.newRuntime();
        api.send("POST", over + "/stop", null).expect(200);
        String runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";
        api.post(runtimes, "{\"type\":\"browser\",\"recording\":\"always\"}").expect(200);
        for (String run : api.get("/v1/runs?limit=2").each("runs", "id")) {
            ledger.open(run);
            fresh.add(run);
        }
    }

    private void check(Api api, List<String> runIds) throws Exception {
        try (KillLoad reader = new KillLoad(api.baseUrl(), ledger)) {
            for (String run : runIds) {
                Reply known = api.get("/v1/runs/" + run).expect(200);
                assertThat(known.text("status")).isIn("completed", "failed");
                if (known.text("status").equals("failed")) {
                    assertThat(known.text()).contains("control plane was restarted");
                    assertThat(api.post("/v1/runs/" + run + "/recording", "{}").text("status"))
                            .isIn("ready", "not_available");
                }
                ledger.check(api, reader, run);
            }
        }
    }

    /** Nothing half-written is left, and nothing that nobody can ask for. */
    private void checkFiles(Api api) throws IOException {
        int listed = 0;
        String space = api.defaultSpace();
        for (String cursor = ""; cursor != null; ) {
            Reply page = api.get("/v1/spaces/" + space + "/storage/files?limit=200" + cursor)
                    .expect(200);
            listed += page.array("files").size();
            var next = page.json().get("nextCursor");
            cursor = next == null || next.isJsonNull() ? null : "&cursor=" + next.getAsString();
        }
        try (Stream<Path> files = Files.walk(directory.resolve("data").resolve("files"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(listed);
        }
    }
}
