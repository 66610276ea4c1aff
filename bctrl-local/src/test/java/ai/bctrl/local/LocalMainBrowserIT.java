package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.cli.LocalMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane as a process of its own, which ends in all the ways that processes do. */
class LocalMainBrowserIT {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    /** A process that serves. */
    record Serving(Process process, Api api, String key, int port) {}

    @BeforeEach
    void isEmpty() {
        assertThat(Processes.naming(directory.toString())).isEmpty();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                LocalMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("BCTRL_API_KEY");
        builder.environment().remove("BCTRL_BASE_URL");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Serving serve(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
        arguments.addAll(List.of(more));
        Process process = run(Map.of(), arguments.toArray(String[]::new));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = String.valueOf(out.readLine());
        assertThat(first).startsWith("Listening on http://127.0.0.1:");
        String url = first.substring("Listening on ".length());
        String second = String.valueOf(out.readLine());
        assertThat(second).matches("API key: bctrl_local_[0-9a-f]{48}");
        int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
        String key = second.substring("API key: ".length());
        return new Serving(process, new Api(url, key), key, port);
    }

    /** The directories of engines and what is in them. */
    private List<Path> profiles() throws IOException {
        try (Stream<Path> all = Files.walk(directory, 3)) {
            return all.filter(path -> path.getFileName().toString().equals("profile"))
                    .toList();
        }
    }

    private void awaitNoBrowser(Duration deadline) {
        Poll.until(
                "no Chromium is left",
                deadline,
                () -> Processes.naming("--user-data-dir=" + directory).isEmpty());
    }

    @Test
    void leavesNoBrowserBehindWhenItIsKilled() throws Exception {
        Serving first = serve();
        for (int i = 0; i < 5; i++) {
            first.api().newRuntime();
        }
        assertThat(Processes.naming("--user-data-dir=" + directory)).hasSizeGreaterThanOrEqualTo(5);
        Processes.signal("KILL", first.process().pid());
        awaitNoBrowser(Duration.ofSeconds(5));

        Serving second = serve();
        second.api().get("/v1/spaces").expect(200);
        assertThat(profiles()).isEmpty();
    }

    @Test
    void endsCleanlyOnSigterm() throws Exception {
        Serving serving = serve();
        String runtime = serving.api().newRuntime();
        TestSocket socket = TestSocket.open(
                TestServer.url(serving.api().newConnection(runtime).expect(200)));
        Processes.signal("TERM", serving.process().pid());
        assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1001, "control plane is shutting down"));
        assertThat(serving.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(serving.process().exitValue()).isIn(0, 143);
        awaitNoBrowser(Duration.ofMillis(100));
        assertThat(profiles()).isEmpty();
        try (Stream<Path> roots = Files.list(directory)) {
            assertThat(roots.filter(path -> path.getFileName().toString().startsWith("bctrl-"))
                            .flatMap(LocalMainBrowserIT::entries))
                    .isEmpty();
        }
    }

    private static Stream<Path> entries(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList().stream();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void remembersWhatItAnsweredBeforeItWasKilled() throws Exception {
        String data = directory.resolve("data").toString();
        Serving first = serve("--data", data);
        String runtime = first.api().newRuntime();
        Processes.signal("KILL", first.process().pid());
        first.process().waitFor(10, TimeUnit.SECONDS);

        Serving second = serve("--data", data);
        Reply failed = second.api().get(runtime).expect(200);
        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.text()).contains("control plane was restarted");
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        Serving first = serve();
        Process second = run(Map.of(), "serve", "--port", Integer.toString(first.port()));
        String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(second.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output.lines()).hasSize(1);
        assertThat(output).startsWith("bctrl: cannot listen on 127.0.0.1:" + first.port());
    }

    @Test
    void takesTheKeyOfTheEnvironmentAndDoesNotPrintIt() throws Exception {
        Process process = run(Map.of("BCTRL_API_KEY", "from-the-environment"), "serve", "--port", "0");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String url = String.valueOf(out.readLine()).substring("Listening on ".length());
        new Api(url, "from-the-environment").get("/v1/spaces").expect(200);
        Processes.signal("TERM", process.pid());
        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(out.readLine()).isNull();
    }

    @Test
    void tellsWhichBrowsersThereAre() throws Exception {
        Process doctor = run(Map.of(), "doctor");
        String output = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(doctor.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("Chromium");
        assertThat(doctor.exitValue()).isZero();
    }

    @Test
    void prunesWhatWasLeftBehind() throws Exception {
        Serving serving = serve();
        String runtimes = "/v1/spaces/" + serving.api().defaultSpace() + "/runtimes";
        String body = "{\"type\":\"browser\",\"metadata\":{\"bctrlRun\":\"mine\"}}";
        serving.api().post(runtimes, body).expect(200);
        serving.api().newRuntime();
        Map<String, String> service =
                Map.of("BCTRL_BASE_URL", "http://127.0.0.1:" + serving.port(), "BCTRL_API_KEY", serving.key());

        assertThat(output(1, service, "prune", "--run", "mine", "--base-url", "http://127.0.0.1:1"))
                .startsWith("bctrl: ");
        assertThat(output(0, service, "prune", "--run", "mine"))
                .isEqualTo("bctrl: stopped 1 browser of run mine on " + service.get("BCTRL_BASE_URL"));
        assertThat(output(0, service, "prune", "--older-than", "1h"))
                .isEqualTo("bctrl: stopped no browsers older than 1h on " + service.get("BCTRL_BASE_URL"));
        assertThat(output(2, service, "prune")).startsWith("Say which browsers to stop");
        assertThat(output(2, service, "prune", "--all", "--run", "mine")).startsWith("Say which browsers to stop");
        assertThat(output(2, service, "prune", "--older-than", "soon")).contains("not a time such as 90s");
        assertThat(output(2, Map.of(), "prune", "--all")).contains("BCTRL_API_KEY");
        assertThat(serving.api().get(runtimes).each("runtimes", "status"))
                .containsExactlyInAnyOrder("stopped", "active");
        assertThat(output(0, service, "prune", "--all")).contains("stopped 1 browser on ");
        awaitNoBrowser(Duration.ofSeconds(5));
    }

    private String output(int exitCode, Map<String, String> environment, String... arguments) throws Exception {
        Process process = run(environment, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
        return output;
    }
}
