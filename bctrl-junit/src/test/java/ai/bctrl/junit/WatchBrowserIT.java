package ai.bctrl.junit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.RecordingStatus;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunStatus;
import ai.bctrl.playwright.BrowserSession;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(150)
class WatchBrowserIT {
    private final ControlPlane controlPlane = new ControlPlane();

    @TempDir
    @Nullable
    Path directory;

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void tellsWhereTheBrowserCanBeWatched() {
        JupiterRun.Result result = run().with("bctrl.live", "true").of(PassingCases.class);

        result.allPass(1);
        assertThat(result.entries(BctrlLauncherListener.LIVE))
                .singleElement()
                .satisfies(link -> assertThat(link).startsWith(controlPlane.baseUrl() + "/live/"));
    }

    @Test
    void tellsNoLinkThatNobodyWants() {
        JupiterRun.Result result = run().with("bctrl.live", "false").of(PassingCases.class);

        result.allPass(1);
        assertThat(result.entries(BctrlLauncherListener.LIVE)).isEmpty();
    }

    @Test
    void aTestMayAskForTheLink() {
        run().of(LiveViewCases.class).allPass(1);
    }

    @Test
    void theRunKnowsItsTestItsStepsAndItsEnd() {
        run().of(PassingCases.class).allPass(1);

        Run run = onlyRun();
        JsonObject test = run.extra().getAsJsonObject("test");
        assertThat(test.get("class").getAsString()).isEqualTo(PassingCases.class.getName());
        assertThat(test.get("method").getAsString()).isEqualTo("passes");
        assertThat(test.get("outcome").getAsString()).isEqualTo("passed");
        assertThat(types(run))
                .containsSubsequence("test.started", "test.step.started", "test.step.finished", "test.finished")
                .endsWith("runtime.stopped", "run.completed");
        assertThat(recording(run)).isEqualTo(RecordingStatus.NOT_AVAILABLE);
    }

    @Test
    void aFailureKeepsAVideoAndItsRunTheRecording() throws IOException {
        JupiterRun.Result result = run().of(FailingCases.class);

        assertThat(result.failures()).hasSize(1);
        Run run = onlyRun();
        assertThat(run.extra().getAsJsonObject("test").get("outcome").getAsString())
                .isEqualTo("failed");
        assertThat(types(run)).containsSubsequence("test.failed", "test.finished");
        assertThat(recording(run)).isEqualTo(RecordingStatus.READY);
        Path video = run().evidence()
                .resolve(JupiterRun.files(run().evidence()).stream()
                        .filter(file -> file.endsWith("recording.webm"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(missing())));
        assertThat(Files.size(video)).isGreaterThan(500);
    }

    @Test
    void holdsTheBrowserOfAFailedTestUntilAViewerLetsItGo() {
        CompletableFuture<Void> viewer = CompletableFuture.runAsync(() -> whenHeld(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.ACTIVE);
            controlPlane.client().runs().release(run.id());
        }));

        JupiterRun.Result result = held().of(FailingCases.class);

        assertThat(result.failures()).hasSize(1);
        assertThat(viewer).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    @Test
    void holdsTheBrowserOfAFailedTestUntilAFileIsRemoved() {
        CompletableFuture<Void> prompt = CompletableFuture.runAsync(() -> whenHeld(run -> removeHoldFile()));

        JupiterRun.Result result = held().of(FailingCases.class);

        assertThat(result.failures()).hasSize(1);
        assertThat(prompt).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    @Test
    void holdsTheBrowserAlsoWhereNoEvidenceIsKept() {
        CompletableFuture<Void> prompt = CompletableFuture.runAsync(() -> whenHeld(run -> removeHoldFile()));

        JupiterRun.Result result = held().with("bctrl.evidence", "OFF").of(FailingCases.class);

        assertThat(result.failures()).hasSize(1);
        assertThat(prompt).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    private JupiterRun held() {
        return run().with("bctrl.holdOnFailure", "10m").with("bctrl.holdUnderCi", "true");
    }

    private void whenHeld(Consumer<Run> then) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
        while (System.nanoTime() - end < 0) {
            for (Run run : controlPlane.runs()) {
                if (controlPlane.client().runs().held(run.id()).held()) {
                    then.accept(run);
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("no run is held");
    }

    private void removeHoldFile() {
        try {
            String file = JupiterRun.files(run().evidence()).stream()
                    .filter(name -> Path.of(name).getFileName().toString().startsWith("hold-"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(run().evidence().resolve(file));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private String missing() {
        try {
            String manifest = JupiterRun.files(run().evidence()).stream()
                    .filter(file -> file.endsWith("failure.json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(run().evidence().resolve(manifest));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private Run onlyRun() {
        return assertThat(controlPlane.runs()).singleElement().actual();
    }

    private List<String> types(Run run) {
        return controlPlane
                .client()
                .runs()
                .events(run.id(), EventQuery.builder().limit(200).build())
                .stream()
                .map(RunEvent::type)
                .toList();
    }

    private RecordingStatus recording(Run run) {
        return controlPlane
                .client()
                .runs()
                .recording(run.id(), CreateRecordingViewRequest.builder().build())
                .status();
    }

    private JupiterRun run() {
        return new JupiterRun(controlPlane, Objects.requireNonNull(directory));
    }

    @BctrlBrowser
    static class PassingCases {
        @Test
        void passes(BrowserSession session) {
            session.step("look", () -> session.page().navigate("data:text/html,<title>one</title>"));
        }
    }

    @BctrlBrowser
    static class LiveViewCases {
        @Test
        void asks(Page page, LiveView view) {
            assertThat(page.url()).isEqualTo("about:blank");
            assertThat(view.iframeUrl()).contains("/live/");
        }
    }

    @BctrlBrowser
    static class FailingCases {
        @Test
        void fails(Page page) {
            page.navigate("data:text/html,<title>one</title><h1>One</h1>");
            assertThat(page.title()).isEqualTo("two");
        }
    }
}
