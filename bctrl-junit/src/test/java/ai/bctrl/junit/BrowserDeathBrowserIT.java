package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.playwright.BrowserCrashedException;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.Event;

@Timeout(120)
class BrowserDeathBrowserIT {
    private static final AtomicReference<@Nullable Instant> KILLED_AT = new AtomicReference<>();
    private static final AtomicReference<@Nullable Instant> NOTICED_AT = new AtomicReference<>();

    @TempDir
    @Nullable
    Path directory;

    @Test
    void aTestWhoseBrowserDiesFailsAtOnceAndSaysWhy() throws Exception {
        try (ControlPlane controlPlane = new ControlPlane()) {
            JupiterRun run = new JupiterRun(controlPlane, requireNonNull(directory));
            JupiterRun.Result result = run.of(DyingTestCases.class);
            Instant failedAt = result.tests().failed().stream()
                    .map(Event::getTimestamp)
                    .findFirst()
                    .orElseThrow();

            Run record = controlPlane.runs().get(0);
            assertThat(result.failures()).singleElement().satisfies(failure -> {
                assertThat(failure)
                        .isInstanceOf(BrowserCrashedException.class)
                        .hasMessageStartingWith("[browser crash] The browser died: killed by SIGKILL")
                        .hasMessageContaining("runtime " + record.runtimeId())
                        .hasMessageContaining("run " + record.id())
                        .hasCauseInstanceOf(PlaywrightException.class);
                assertThat(failure)
                        .hasMessageContaining("\n  last action: wait for locator(\"#never\")")
                        .hasMessageContaining("\n  evidence: file:///");
            });
            assertThat(failedAt).isAfter(requireNonNull(NOTICED_AT.get()));
            assertThat(Duration.between(requireNonNull(KILLED_AT.get()), requireNonNull(NOTICED_AT.get())))
                    .isBetween(Duration.ZERO, Duration.ofSeconds(2));

            assertThat(record.status()).isEqualTo(RunStatus.FAILED);
            assertThat(controlPlane.runtimes())
                    .singleElement()
                    .extracting(BrowserRuntime::status)
                    .isEqualTo(RuntimeStatus.FAILED);
            List<RunEvent> events = controlPlane
                    .client()
                    .runs()
                    .events(record.id(), EventQuery.builder().build())
                    .items();
            assertThat(events).anySatisfy(event -> {
                assertThat(event.type()).isEqualTo("runtime.failed");
                assertThat(String.valueOf(event.data())).contains("SIGKILL");
            });
            assertThat(JupiterRun.files(run.evidence()))
                    .anyMatch(name -> name.endsWith("failure.json"))
                    .anyMatch(name -> name.endsWith("events.json"))
                    .noneMatch(name -> name.endsWith(".png"));
        }
    }

    @BctrlBrowser
    static class DyingTestCases {
        @Test
        void dies(Page page) {
            page.navigate("data:text/html,<title>alive</title>");
            Thread killer = new Thread(BrowserDeathBrowserIT::killChromium);
            page.onConsoleMessage(message -> killer.start());
            page.evaluate("setTimeout(() => console.log('now'), 200)");
            try {
                page.waitForSelector("#never", new Page.WaitForSelectorOptions().setTimeout(60_000));
            } finally {
                NOTICED_AT.set(Instant.now());
            }
        }
    }

    private static void killChromium() {
        List<ProcessHandle> browsers = browsers();
        assertThat(browsers).isNotEmpty();
        KILLED_AT.set(Instant.now());
        browsers.forEach(ProcessHandle::destroyForcibly);
    }

    /** {@return the main processes of the browsers below this JVM} */
    static List<ProcessHandle> browsers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> commandLine(process).contains("--remote-debugging-p")
                        && !commandLine(process).contains("--type="))
                .filter(process -> process.info()
                        .command()
                        .filter(name -> name.contains("chrom"))
                        .isPresent())
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (java.io.IOException gone) {
            return process.info().commandLine().orElse("");
        }
    }
}
