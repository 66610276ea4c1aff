package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.EventStream;
import ai.bctrl.error.BctrlException;
import ai.bctrl.local.cli.LocalMain;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RunStatus;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client was told is still true after the control plane was killed. */
@Timeout(120)
class DurabilityBrowserIT {
    private static final String KEY = "key-of-this-test";
    private static final int ENOUGH = 300;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    @Nullable
    Path directory;

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void noEventThatAClientWasGivenIsLostWhenTheControlPlaneIsKilled() throws Exception {
        Process first = serve();
        List<String> given = new ArrayList<>();
        try (BctrlClient client = client(first);
                BctrlPlaywright playwright = BctrlPlaywright.create(ApiRuntimeProvider.of(client))) {
            BrowserSession session = playwright.open(RuntimeSpec.defaults());
            String runId = Objects.requireNonNull(session.lease().runId());
            try (EventStream events =
                    client.runs().stream(runId, EventQuery.builder().build())) {
                session.page().evaluate("() => { let i = 0; setInterval(() => console.log('line', i++), 2) }");
                while (given.size() < ENOUGH) {
                    given.add(id(events.next()));
                }
                first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                takeWhatArrived(events, given);
            }
        } catch (BctrlException stopsNothing) {
            assertThat(given).hasSizeGreaterThanOrEqualTo(ENOUGH);
        }

        try (BctrlClient client = client(serve())) {
            String killed = client.runs()
                    .list(RunQuery.builder().build())
                    .items()
                    .get(0)
                    .id();
            List<RunEvent> kept = new ArrayList<>();
            client.runs()
                    .events(killed, EventQuery.builder().limit(200).build())
                    .all()
                    .forEach(kept::add);
            assertThat(kept.stream().map(DurabilityBrowserIT::id)).containsSubsequence(given);
            assertThat(kept.get(kept.size() - 1).type()).isEqualTo("run.failed");
            assertThat(client.runs().get(killed).status()).isEqualTo(RunStatus.FAILED);
            assertThat(String.valueOf(client.runs().get(killed).extra())).contains("control plane was restarted");
        }
    }

    private static void takeWhatArrived(EventStream events, List<String> given) {
        try {
            for (RunEvent event = events.poll(Duration.ZERO); event != null; event = events.poll(Duration.ZERO)) {
                given.add(id(event));
            }
        } catch (BctrlException lost) {
            assertThat(given).hasSizeGreaterThanOrEqualTo(ENOUGH);
        }
    }

    private static String id(RunEvent event) {
        return Objects.requireNonNull(event.id());
    }

    private Process serve() throws IOException {
        Path own = Objects.requireNonNull(directory);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + own,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalMain.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        own.resolve("data").toString())
                .redirectErrorStream(true);
        builder.environment().put("BCTRL_API_KEY", KEY);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static BctrlClient client(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        assertThat(line).startsWith("Listening on http://127.0.0.1:");
        return BctrlClient.builder()
                .apiKey(KEY)
                .baseUrl(line.substring("Listening on ".length()))
                .build();
    }
}
