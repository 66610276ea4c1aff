package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("browser")
class ChromiumEngineBrowserIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Path root;
    private ChromiumEngine engine;

    @BeforeEach
    void open() {
        root = directory.resolve("b");
        engine = engine(ChromiumOptions.builder());
    }

    @AfterEach
    void leavesNothingBehind() throws Exception {
        engine.close();
        Await.until(
                "no process is left",
                SOON,
                () -> Browsers.processesOf(directory).isEmpty());
        Await.until("no instance is left", SOON, () -> Browsers.entries(root).isEmpty());
        Await.until(
                "no thread is left",
                SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("bctrl-chromium")
                                || thread.getName().startsWith("bctrl-proxy")));
    }

    private ChromiumEngine engine(ChromiumOptions.Builder options) {
        return new ChromiumEngine(options.root(root).build());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void startsABrowserThatDrivesAPage(boolean full) throws Exception {
        try (ChromiumEngine own = full ? engine(ChromiumOptions.builder().binary(fullChromium())) : null;
                RunningBrowser browser = (own == null ? engine : own)
                        .launch(LaunchRequest.builder("rt_1").locale("de-DE").build());
                Cdp cdp = Cdp.connect(browser.devTools())) {
            assertThat(browser.product()).matches("(Headless)?Chrome/\\d+.*");
            assertThat(DevTools.product(browser.devTools(), SOON)).isEqualTo(browser.product());
            assertThat(Browsers.runs(browser.pid())).isTrue();
            String page = cdp.openPage("data:text/html,<title>hello</title>");
            assertThat(cdp.evaluate(page, "document.title")).isEqualTo("hello");
            assertThat(cdp.evaluate(page, "navigator.language + ' ' + navigator.languages"))
                    .isEqualTo("de-DE de-DE,de");
            assertThat(browser.exit().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void removesEverythingOnClose() throws Exception {
        RunningBrowser browser = engine.launch(LaunchRequest.builder("rt_1").build());
        Path instance = onlyInstance();
        assertThat(instance.resolve("rt_1/profile")).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(instance)))
                .isEqualTo("rwx------");

        browser.close();

        assertThat(instance.resolve("rt_1")).doesNotExist();
        assertThat(Browsers.runs(browser.pid())).isFalse();
        BrowserExit exit = browser.exit().toCompletableFuture().get(1, TimeUnit.SECONDS);
        assertThat(exit.requested()).isTrue();
        assertThat(exit.signal()).isEqualTo("SIGKILL");
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNamedProfileKeepsCookies(boolean full) throws Exception {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            byte[] body = "<p>hi".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.start();
        String url = "http://127.0.0.1:" + site.getAddress().getPort() + "/";
        ChromiumOptions.Builder options = ChromiumOptions.builder();
        try (ChromiumEngine own = engine(full ? options.binary(fullChromium()) : options)) {
            LaunchRequest request = LaunchRequest.builder("rt_1")
                    .profileDirectory(directory.resolve("named"))
                    .build();
            try (RunningBrowser browser = own.launch(request);
                    Cdp cdp = Cdp.connect(browser.devTools())) {
                cdp.evaluate(cdp.openPage(url), "document.cookie='seen=yes; max-age=1000'");
            }
            try (RunningBrowser browser = own.launch(request);
                    Cdp cdp = Cdp.connect(browser.devTools())) {
                assertThat(cdp.evaluate(cdp.openPage(url), "document.cookie")).isEqualTo("seen=yes");
            }
        } finally {
            site.stop(0);
        }
        assertThat(directory.resolve("named")).isDirectory();
    }

    @Test
    void quotesWhatABinaryWroteThatExitsAtOnce() throws Exception {
        Path binary = script("echo first; echo 'cannot open display' >&2; exit 3");
        try (ChromiumEngine own = engine(ChromiumOptions.builder().binary(binary))) {
            assertThatThrownBy(() -> own.launch(LaunchRequest.builder("rt_1").build()))
                    .isInstanceOf(BrowserStartException.class)
                    .hasMessageContaining(binary + " exited with status 3")
                    .hasMessageContaining("cannot open display");
        }
    }

    @Test
    void givesUpOnABinaryThatHangs() throws Exception {
        Path binary = script("echo thinking >&2; sleep 600 & wait");
        try (ChromiumEngine own =
                engine(ChromiumOptions.builder().binary(binary).startTimeout(Duration.ofMillis(500)))) {
            assertThatThrownBy(() -> own.launch(LaunchRequest.builder("rt_1").build()))
                    .isInstanceOf(BrowserStartException.class)
                    .hasMessageContaining("did not open its DevTools port within 500 ms")
                    .hasMessageContaining("thinking");
        }
    }

    @Test
    void refusesABinaryThatIsNone() {
        Path nothing = directory.resolve("nothing");
        try (ChromiumEngine own = engine(ChromiumOptions.builder().binary(nothing))) {
            assertThatThrownBy(() -> own.launch(LaunchRequest.builder("rt_1").build()))
                    .isInstanceOf(BrowserStartException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void tellsAboutACrashAtOnceAndCleansUp() throws Exception {
        RunningBrowser browser = engine.launch(LaunchRequest.builder("rt_1").build());
        Path run = onlyInstance().resolve("rt_1");
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            cdp.openPage("data:text/html,x");
            CompletableFuture<Long> told =
                    browser.exit().thenApply(e -> System.nanoTime()).toCompletableFuture();
            long killed = System.nanoTime();
            Browsers.signal("KILL", browser.pid());

            long millis = TimeUnit.NANOSECONDS.toMillis(told.get(10, TimeUnit.SECONDS) - killed);
            assertThat(millis).isLessThan(1000);
        }
        BrowserExit exit = browser.exit().toCompletableFuture().join();
        assertThat(exit.requested()).isFalse();
        assertThat(exit.reason()).isEqualTo("killed by SIGKILL");
        Await.until("the profile is gone", SOON, () -> !Files.exists(run));
        Await.until("the group is gone", SOON, () -> Browsers.processesOf(run).isEmpty());
    }

    @Test
    void outlivesNeitherItsSupervisorNorSigstop() throws Exception {
        RunningBrowser browser = engine.launch(LaunchRequest.builder("rt_1").build());
        Browsers.signal("STOP", browser.pid());
        ProcessHandle supervisor =
                ProcessHandle.of(browser.pid()).orElseThrow().parent().orElseThrow();
        Browsers.signal("KILL", supervisor.pid());

        Await.until("the browser is gone", SOON, () -> !Browsers.runs(browser.pid()));
        assertThat(browser.exit().toCompletableFuture().get(5, TimeUnit.SECONDS).requested())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void diesWithAJvmThatIsKilled(boolean stopped) throws Exception {
        Process jvm = fiveBrowsers();
        List<Long> pids = pids(jvm);
        if (stopped) {
            for (long pid : pids) {
                Browsers.signal("STOP", pid);
            }
        }

        jvm.destroyForcibly().waitFor();

        Await.until(
                "no browser is left", Duration.ofSeconds(5), () -> pids.stream().noneMatch(Browsers::runs));
        Await.until(
                "no process is left",
                Duration.ofSeconds(5),
                () -> Browsers.processesOf(directory).isEmpty());
        for (String instance : Browsers.entries(root)) {
            Path left = root.resolve(instance);
            Await.until(
                    "no profile is left",
                    Duration.ofSeconds(5),
                    () -> Browsers.entries(left).stream().noneMatch(name -> name.startsWith("rt_")));
        }
        // The next engine sweeps what has no supervisor, the instance itself.
        engine(ChromiumOptions.builder()).close();
        assertThat(Browsers.entries(root)).hasSize(1);
    }

    @Test
    void theNextEngineEndsWhatNobodySupervised() throws Exception {
        Process jvm = fiveBrowsers();
        List<Long> pids = pids(jvm);
        // Ending every supervisor with its watcher leaves browsers that nobody looks after.
        List<ProcessHandle> supervisors = jvm.toHandle()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("sh"))
                .toList();
        Browsers.signal("STOP", jvm.pid());
        supervisors.forEach(ProcessHandle::destroyForcibly);
        jvm.destroyForcibly().waitFor();
        assertThat(pids).anyMatch(Browsers::runs);

        engine(ChromiumOptions.builder()).close();

        Await.until("no browser is left", SOON, () -> pids.stream().noneMatch(Browsers::runs));
        assertThat(Browsers.entries(root)).hasSize(1);
    }

    @Test
    void leavesOtherLivingEnginesAlone() throws Exception {
        try (RunningBrowser browser =
                        engine.launch(LaunchRequest.builder("rt_1").build());
                ChromiumEngine second = engine(ChromiumOptions.builder())) {
            Process jvm = fiveBrowsers();
            List<Long> pids = pids(jvm);
            engine(ChromiumOptions.builder()).close();

            assertThat(pids).allMatch(Browsers::runs);
            assertThat(Browsers.runs(browser.pid())).isTrue();
            assertThat(Browsers.entries(root)).hasSize(3);
            jvm.getOutputStream().close();
            jvm.waitFor();
            second.launch(LaunchRequest.builder("rt_1").build()).close();
        }
    }

    @Test
    void loadsAnUnpackedExtension() throws Exception {
        Path extension = Files.createDirectory(directory.resolve("extension"));
        Files.writeString(
                extension.resolve("manifest.json"),
                "{\"manifest_version\":3,\"name\":\"Marks\",\"version\":\"1\",\"background\":"
                        + "{\"service_worker\":\"worker.js\"}}");
        Files.writeString(extension.resolve("worker.js"), "self.marked = true;");
        LaunchRequest request =
                LaunchRequest.builder("rt_1").extension(extension).build();
        try (RunningBrowser browser = engine.launch(request);
                Cdp cdp = Cdp.connect(browser.devTools())) {
            Await.until(
                    "the extension's worker runs",
                    SOON,
                    () -> cdp.send("Target.getTargets", "{}", null).contains("/worker.js"));
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Protocol.class)
    void goesThroughAProxyThatWantsCredentials(Proxy.Protocol protocol) throws Exception {
        try (TinyProxy proxy = new TinyProxy(protocol, "alice", "s3cret:x")) {
            Proxy named = new Proxy(protocol, "127.0.0.1", proxy.port(), "alice", "s3cret:x");
            LaunchRequest request = LaunchRequest.builder("rt_1").proxy(named).build();
            try (RunningBrowser browser = engine.launch(request);
                    Cdp cdp = Cdp.connect(browser.devTools())) {
                String page = cdp.openPage(proxy.site() + "first");
                assertThat(cdp.evaluate(page, "document.body.innerText")).isEqualTo("hello from the site");
                // A second request on a connection that is kept needs the credentials as well.
                assertThat(cdp.evaluate(page, "fetch('/second', {method: 'POST', body: 'abc'}).then(r => r.text())"))
                        .isEqualTo("hello from the site");
                assertThat(ProcessHandle.of(browser.pid())
                                .orElseThrow()
                                .info()
                                .commandLine()
                                .orElseThrow())
                        .doesNotContain("alice", "s3cret");
            }
            assertThat(proxy.served()).isGreaterThanOrEqualTo(1);
            assertThat(proxy.refused()).isZero();
        }
    }

    @Test
    void endsAllBrowsersWhenTheEngineIsClosed() throws Exception {
        List<RunningBrowser> browsers = List.of(
                engine.launch(LaunchRequest.builder("rt_1").build()),
                engine.launch(LaunchRequest.builder("rt_2").build()));
        engine.close();

        assertThat(browsers).noneMatch(browser -> Browsers.runs(browser.pid()));
        assertThatThrownBy(() -> engine.launch(LaunchRequest.builder("rt_3").build()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Path fullChromium() {
        return new ChromiumDiscovery(null)
                .find(LaunchRequest.builder("r").headless(false).build())
                .path();
    }

    private Path script(String body) throws Exception {
        Path binary = directory.resolve("chromium-fake");
        Files.writeString(binary, "#!/bin/sh\n" + body + "\n");
        assertThat(binary.toFile().setExecutable(true)).isTrue();
        return binary;
    }

    private Path onlyInstance() throws Exception {
        List<String> entries = Browsers.entries(root);
        assertThat(entries).hasSize(1);
        return root.resolve(entries.get(0));
    }

    private Process fiveBrowsers() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FiveBrowsersMain.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<Long> pids(Process jvm) throws Exception {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = jvm.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null && !line.equals("ready"); line = reader.readLine()) {
            lines.add(line);
        }
        assertThat(lines).hasSize(5);
        return lines.stream().map(Long::valueOf).toList();
    }
}
