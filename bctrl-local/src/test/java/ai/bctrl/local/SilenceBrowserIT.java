package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BrowserRemains;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real browsers that fall silent without ending. */
class SilenceBrowserIT {
    private final List<LocalBctrl> running = new ArrayList<>();
    private final List<Process> burners = new ArrayList<>();

    @AfterEach
    void close() {
        burners.forEach(Process::destroyForcibly);
        running.forEach(LocalBctrl::close);
    }

    private Api start(UnaryOperator<LocalOptions.Builder> settings) {
        LocalBctrl local =
                LocalBctrl.start(settings.apply(LocalOptions.builder().isolation(BrowserRemains.isolation()))
                        .build());
        running.add(local);
        return Api.of(local);
    }

    private static String id(String runtime) {
        return runtime.substring(runtime.lastIndexOf('/') + 1);
    }

    private static Reply events(Api api, String runtime) {
        return api.get("/v1/runs/" + run(api, runtime) + "/events").expect(200);
    }

    private static String run(Api api, String runtime) {
        return api.get("/v1/runs?runtimeId=" + id(runtime)).each("runs", "id").get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsABrowserWhoseProcessIsStopped(boolean observe) throws Exception {
        Api api = start(options -> options.observe(observe));
        String runtime = api.newRuntime();
        TestSocket socket = TestSocket.open(TestServer.url(api.newConnection(runtime)));
        ProcessHandle browser = Processes.browserOf(id(runtime));
        // It was asked before and has answered.
        awaitSeconds(3);
        assertThat(api.get(runtime).text("status")).isEqualTo("active");

        Processes.signal("STOP", browser.pid());
        long stopped = System.nanoTime();
        TestSocket.Closed closed = socket.awaitClose();

        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stopped);
        System.out.println("noticed " + millis + " ms after SIGSTOP");
        String reason = "the browser does not answer: its process is stopped";
        assertThat(closed).isEqualTo(new TestSocket.Closed(1011, reason));
        assertThat(millis).isLessThan(6000);
        assertThat(api.get(runtime).text()).contains("\"status\":\"failed\"").contains(reason);
        assertThat(events(api, runtime).text()).contains("{\"reason\":\"" + reason + "\"}");
        Poll.until(
                "nothing of it is left",
                Duration.ofSeconds(10),
                () -> Processes.naming(id(runtime)).isEmpty());
    }

    @Test
    void endsAStoppedBrowserToWhichNobodyIsAttached() throws Exception {
        Api api = start(options -> options);
        String runtime = api.newRuntime();
        Processes.signal("STOP", Processes.browserOf(id(runtime)).pid());
        Poll.until(
                "it has failed",
                Duration.ofSeconds(10),
                () -> api.get(runtime).text("status").equals("failed"));
        Poll.until(
                "nothing of it is left",
                Duration.ofSeconds(10),
                () -> Processes.naming(id(runtime)).isEmpty());
    }

    @Test
    void leavesABrowserAloneThatIsStoppedForAMomentOnly() throws Exception {
        Api api = start(options -> options);
        String runtime = api.newRuntime();
        long pid = Processes.browserOf(id(runtime)).pid();
        for (int i = 0; i < 3; i++) {
            Processes.signal("STOP", pid);
            awaitMillis(400);
            Processes.signal("CONT", pid);
            awaitMillis(1300);
        }
        assertThat(api.get(runtime).text("status")).isEqualTo("active");
    }

    @Test
    void asksNoBrowserWhereThatIsSwitchedOff() throws Exception {
        Api api = start(options -> options.silenceTimeout(null));
        String runtime = api.newRuntime();
        long pid = Processes.browserOf(id(runtime)).pid();
        Processes.signal("STOP", pid);
        awaitSeconds(4);
        assertThat(api.get(runtime).text("status")).isEqualTo("active");
        Processes.signal("CONT", pid);
    }

    @Test
    void endsNoBrowserBecauseTheMachineIsBusy() throws Exception {
        Api api = start(options -> options);
        List<String> runtimes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runtimes.add(api.newRuntime());
        }
        int burning = 4 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < burning; i++) {
            burners.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
        awaitSeconds(15);
        for (String runtime : runtimes) {
            assertThat(api.get(runtime).text("status")).isEqualTo("active");
        }
    }

    private static void awaitSeconds(int seconds) {
        awaitMillis(seconds * 1000L);
    }

    /** Nothing can be polled for where nothing is to happen. */
    private static void awaitMillis(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Poll.until("time passes", Duration.ofMinutes(1), () -> System.nanoTime() > end);
    }
}
