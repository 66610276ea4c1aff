package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Test JVMs that use one control plane and end in ways in which nobody can give anything back. */
@Timeout(180)
class OwnerDeathBrowserIT {
    private final ControlPlane controlPlane = new ControlPlane();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    @Nullable
    Path directory;

    /** A test JVM whose test holds a browser. */
    record Tests(Process process, String runtimeId) {}

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        controlPlane.close();
    }

    /** Runs the test as a build tool does. */
    static final class TestJvm {
        public static void main(String[] arguments) {
            try (LauncherSession session = LauncherFactory.openSession()) {
                session.getLauncher()
                        .execute(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(HoldingTestCases.class))
                                .build());
            }
        }
    }

    @BctrlBrowser
    static class HoldingTestCases {
        @Test
        void holdsABrowserUntilItIsToldToEnd(Page page, ai.bctrl.runtime.RuntimeLease lease) throws IOException {
            page.setContent("<p>alive</p>");
            System.out.println("holding " + lease.runtimeId());
            System.out.flush();
            assertThat(System.in.read()).isEqualTo('x');
        }
    }

    private Tests start(String name) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-Dbctrl.baseUrl=" + controlPlane.baseUrl(),
                        "-Dbctrl.apiKey=" + controlPlane.apiKey(),
                        "-Dbctrl.evidenceDirectory=" + requireNonNull(directory).resolve(name),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TestJvm.class.getName())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("holding ")) {
                return new Tests(process, line.substring("holding ".length()));
            }
            said.add(line);
        }
        throw new AssertionError("the test JVM ended: " + String.join("\n", said));
    }

    private List<String> active() {
        return controlPlane.activeRuntimes().stream().map(BrowserRuntime::id).collect(Collectors.toList());
    }

    private Duration untilGone(String runtimeId) {
        long begin = System.nanoTime();
        while (active().contains(runtimeId)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private String reason(String runtimeId) {
        BrowserRuntime runtime = controlPlane.runtimes().stream()
                .filter(one -> one.id().equals(runtimeId))
                .findFirst()
                .orElseThrow();
        String run = controlPlane.runs().stream()
                .filter(one -> runtime.id().equals(one.runtimeId()))
                .findFirst()
                .orElseThrow()
                .id();
        RunEvent stopped = controlPlane
                .client()
                .runs()
                .events(
                        run,
                        EventQuery.builder().type(List.of("runtime.stopped")).build())
                .items()
                .get(0);
        JsonObject data = requireNonNull(stopped.data());
        return data.get("reason").getAsString();
    }

    @Test
    void theBrowsersOfAKilledTestJvmAreGoneWithinThirtySecondsAndNoOthers() throws Exception {
        Tests killed = start("killed");
        Tests living = start("living");
        assertThat(active()).containsExactlyInAnyOrder(killed.runtimeId(), living.runtimeId());

        killed.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        Duration took = untilGone(killed.runtimeId());

        System.out.println("gone " + took.toMillis() + " ms after SIGKILL of the test JVM");
        assertThat(took).isLessThan(Duration.ofSeconds(30));
        assertThat(reason(killed.runtimeId())).isEqualTo("its owner has not been heard of for 20 s");
        assertThat(active()).containsExactly(living.runtimeId());

        living.process().getOutputStream().write('x');
        living.process().getOutputStream().flush();
        String said = new String(living.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(living.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(line -> line.startsWith("bctrl: ")))
                .containsExactly("bctrl: 1 browser used, none left");
        assertThat(active()).isEmpty();
    }

    @Test
    void aTestJvmThatIsToldToEndSaysGoodbye() throws Exception {
        Tests ending = start("ending");

        ending.process().destroy();
        Duration took = untilGone(ending.runtimeId());

        System.out.println("gone " + took.toMillis() + " ms after SIGTERM of the test JVM");
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(reason(ending.runtimeId())).isEqualTo("its owner has left");
    }
}
