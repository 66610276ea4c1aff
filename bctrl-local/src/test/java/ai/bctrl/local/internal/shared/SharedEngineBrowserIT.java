package ai.bctrl.local.internal.shared;

import static ai.bctrl.local.internal.engine.Cdp.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.Cdp;
import ai.bctrl.local.internal.engine.ChromiumEngine;
import ai.bctrl.local.internal.engine.ChromiumOptions;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
class SharedEngineBrowserIT {

    private static final String FLAT = ",\"flatten\":true}";

    @TempDir
    Path directory;

    private SharedEngine engine;

    @BeforeEach
    void start() {
        engine = engine(Duration.ofSeconds(30));
    }

    private SharedEngine engine(Duration idle) {
        return new SharedEngine(
                new ChromiumEngine(
                        ChromiumOptions.builder().root(directory.resolve("b")).build()),
                idle);
    }

    @AfterEach
    void stop() {
        engine.close();
        until(
                "all threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("bctrl-shared")));
    }

    private RunningBrowser launch(String id) {
        return engine.launch(LaunchRequest.builder(id).shared(true).build());
    }

    @Test
    void givesRuntimesOfOneConfigurationOneProcess() {
        RunningBrowser one = launch("one");
        RunningBrowser two = launch("two");
        RunningBrowser german = engine.launch(
                LaunchRequest.builder("de").locale("de-DE").shared(true).build());
        RunningBrowser own = engine.launch(LaunchRequest.builder("own").build());
        assertThat(two.pid()).isEqualTo(one.pid());
        assertThat(german.pid()).isNotEqualTo(one.pid());
        assertThat(own.pid()).isNotEqualTo(one.pid());
        assertThat(one.devTools()).isNotEqualTo(two.devTools());
        assertThat(one.neighbours()).isEqualTo(1);
        assertThat(german.neighbours()).isZero();
    }

    @Test
    void concurrentLaunchesShareOneStart() {
        List<CompletableFuture<RunningBrowser>> launches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String id = "rt" + i;
            launches.add(CompletableFuture.supplyAsync(() -> launch(id)));
        }
        assertThat(launches.stream().map(launch -> launch.join().pid()).distinct())
                .hasSize(1);
        assertThat(engine.running()).hasSize(1);
    }

    @Test
    void endsAProcessThatNobodyHasUsedForAWhile() {
        engine.close();
        engine = engine(Duration.ofMillis(50));
        RunningBrowser one = launch("one");
        long pid = one.pid();
        one.close();
        until(
                "the process has ended",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(launch("two").pid()).isNotEqualTo(pid);
    }

    @Test
    void showsAClientOnlyWhatIsItsRuntimes() throws Exception {
        try (Cdp mine = Cdp.connect(launch("mine").devTools());
                Cdp other = Cdp.connect(launch("other").devTools())) {
            String page = mine.openPage("data:text/html,<title>mine</title>");
            other.openPage("data:text/html,<title>other</title>");
            assertThat(mine.evaluate(page, "document.title")).isEqualTo("mine");
            assertThat(mine.send("Target.getTargets", "{}", null))
                    .contains("mine")
                    .doesNotContain("other");
            assertThat(mine.send("Target.getTargets", "{}", page))
                    .contains("mine")
                    .doesNotContain("other");
            String contexts = other.send("Target.getBrowserContexts", "{}", null);
            assertThat(contexts).contains("\"browserContextIds\":[]");
            other.send("Target.createBrowserContext", "{}", null);
            assertThat(mine.send("Target.getBrowserContexts", "{}", null))
                    .contains("\"browserContextIds\":[]")
                    .doesNotContain(field(contexts, "defaultBrowserContextId"));
        }
    }

    @Test
    void knowsNoIdsOfOtherRuntimes() throws Exception {
        try (Cdp victim = Cdp.connect(launch("victim").devTools());
                Cdp attacker = Cdp.connect(launch("attacker").devTools())) {
            String session = victim.openPage("data:text/html,<title>victim</title>");
            String own = attacker.openPage("about:blank");
            String targets = victim.send("Target.getTargets", "{}", null);
            String target = "{\"targetId\":\"" + field(targets, "targetId") + "\"";
            String context = "\"browserContextId\":\"" + field(targets, "browserContextId") + "\"";
            String further = "\"browserContextId\":\""
                    + field(victim.send("Target.createBrowserContext", "{}", null), "browserContextId") + "\"";
            for (String from : new String[] {"", own}) {
                String at = from.isEmpty() ? null : from;
                for (String method : List.of(
                        "Target.attachToTarget",
                        "Target.closeTarget",
                        "Target.activateTarget",
                        "Target.getTargetInfo",
                        "Target.autoAttachRelated",
                        "Browser.getWindowForTarget",
                        "Target.exposeDevToolsProtocol",
                        "Target.detachFromTarget")) {
                    String params = target + ",\"waitForDebuggerOnStart\":false" + FLAT;
                    assertThat(attacker.send(method, params, at)).as(method).contains("\"error\"");
                }
                for (String method : List.of(
                        "Target.createTarget",
                        "Target.disposeBrowserContext",
                        "Browser.setDownloadBehavior",
                        "Browser.grantPermissions",
                        "Browser.resetPermissions",
                        "Storage.getCookies",
                        "Storage.setCookies",
                        "Storage.clearCookies")) {
                    for (String foreign : List.of(context, further)) {
                        String params = "{\"url\":\"about:blank\",\"behavior\":\"deny\",\"permissions\":[],"
                                + "\"cookies\":[]," + foreign + "}";
                        assertThat(attacker.send(method, params, at)).as(method).contains("Failed to find");
                    }
                }
                assertThat(attacker.send("Target.sendMessageToTarget", "{\"message\":\"{}\"}", at))
                        .contains("\"error\"");
                assertThat(attacker.send(
                                "Target.setAutoAttach", "{\"autoAttach\":true,\"waitForDebuggerOnStart\":false}", at))
                        .contains("flatten");
            }
            assertThat(attacker.send("Runtime.evaluate", "{\"expression\":\"1\"}", session))
                    .contains("Session with given id not found");
            assertThat(attacker.send("Browser.setWindowBounds", "{\"windowId\":1,\"bounds\":{}}", null))
                    .contains("Browser window not found");
            assertThat(victim.evaluate(session, "document.title")).isEqualTo("victim");
        }
    }

    @Test
    void refusesWhatWouldConcernTheWholeBrowser() throws Exception {
        try (Cdp cdp = Cdp.connect(launch("one").devTools())) {
            String page = cdp.openPage("about:blank");
            for (String method : List.of(
                    "Browser.crash",
                    "Browser.crashGpuProcess",
                    "Browser.getBrowserCommandLine",
                    "Browser.getHistograms",
                    "Tracing.start",
                    "SystemInfo.getProcessInfo",
                    "Tethering.bind",
                    "Memory.simulatePressureNotification",
                    "Target.setRemoteLocations")) {
                assertThat(cdp.send(method, "{}", null)).contains("isolation=process");
                assertThat(cdp.send(method, "{}", page)).contains("isolation=process");
            }
            assertThat(cdp.send("Fetch.enable", "{}", null)).contains("needs the session of a page");
            assertThat(cdp.send("Fetch.enable", "{}", "")).contains("needs the session of a page");
            String browser = field(cdp.send("Target.attachToBrowserTarget", "{}", null), "sessionId");
            assertThat(cdp.send("Fetch.enable", "{}", browser)).contains("needs the session of a page");
            assertThat(cdp.send("Target.getTargets", "{}", browser)).contains("about:blank");
            assertThat(cdp.send("Browser.getVersion", "{}", null)).contains("\"product\"");
        }
    }

    @Test
    void endsAConnectionWhoseLongCommandIsNotWhatItBeganAs() throws Exception {
        RunningBrowser browser = launch("one");
        String filler = "\"" + "x".repeat(300_000) + "\"";
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            String page = cdp.openPage("about:blank");
            assertThat(cdp.send(
                            "Runtime.evaluate",
                            "{\"expression\":" + filler.replace("\"", "\"'").replaceFirst("\"'$", "'\"") + "}",
                            page))
                    .contains("result");
            assertThatThrownBy(() -> cdp.send("Runtime.evaluate", "{\"expression\":" + filler + "}", null))
                    .isInstanceOf(Exception.class);
        }
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            String page = cdp.openPage("about:blank");
            assertThatThrownBy(() -> cdp.send(
                            "Runtime.evaluate",
                            "{\"expression\":" + filler + "},\"method\":\"Browser.crash\",\"params\":{}",
                            page))
                    .isInstanceOf(Exception.class);
        }
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            assertThat(cdp.send("Browser.getVersion", "{}", null)).contains("product");
        }
    }

    @Test
    void closingTheBrowserEndsOneRuntimeOnly() throws Exception {
        RunningBrowser one = launch("one");
        RunningBrowser two = launch("two");
        try (Cdp first = Cdp.connect(one.devTools());
                Cdp second = Cdp.connect(two.devTools())) {
            first.openPage("about:blank");
            String page = second.openPage("about:blank");
            assertThat(first.send("Browser.close", "{}", null)).contains("\"result\":{}");
            BrowserExit exit = one.exit().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(exit.reason()).isEqualTo("exited with status 0");
            one.close();
            assertThat(second.evaluate(page, "'still here'")).isEqualTo("still here");
            assertThat(two.exit().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void leavesNothingInTheBrowser() throws Exception {
        RunningBrowser stays = launch("stays");
        int before = left();
        for (int i = 0; i < 3; i++) {
            RunningBrowser browser = launch("rt" + i);
            try (Cdp cdp = Cdp.connect(browser.devTools())) {
                cdp.openPage("about:blank");
                String context = field(cdp.send("Target.createBrowserContext", "{}", null), "browserContextId");
                cdp.send(
                        "Target.createTarget",
                        "{\"url\":\"about:blank\",\"browserContextId\":\"" + context + "\"}",
                        null);
                if (i == 1) {
                    cdp.drop();
                }
                browser.close();
            }
        }
        until("only what was there is left", () -> left() == before);
        stays.close();
        until("and then nothing", () -> left() < before);
    }

    @Test
    void aContextLivesAsLongAsItsConnectionWhereItIsSoWanted() throws Exception {
        RunningBrowser browser = launch("one");
        int before = left();
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            cdp.send("Target.createBrowserContext", "{\"disposeOnDetach\":true}", null);
            assertThat(left()).isEqualTo(before + 1);
        }
        until("it is gone", () -> left() == before);
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            cdp.send("Target.createBrowserContext", "{}", null);
        }
        try (Cdp cdp = Cdp.connect(browser.devTools())) {
            assertThat(cdp.send("Target.getBrowserContexts", "{}", null)).doesNotContain("\"browserContextIds\":[]");
        }
    }

    @Test
    void theEndOfAContextIsToldAfterAllThatHappenedInIt() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (Cdp cdp = Cdp.connect(launch("one").devTools())) {
            cdp.listen(told::add);
            for (int round = 0; round < 30; round++) {
                String context = "\"browserContextId\":\""
                        + field(cdp.send("Target.createBrowserContext", "{}", null), "browserContextId") + "\"";
                String target = field(
                        cdp.send("Target.createTarget", "{\"url\":\"about:blank\"," + context + "}", null), "targetId");
                String session = field(
                        cdp.send("Target.attachToTarget", "{\"targetId\":\"" + target + "\"" + FLAT, null),
                        "sessionId");
                String answer = cdp.send("Target.disposeBrowserContext", "{" + context + "}", null);
                List<String> all = List.copyOf(told);
                assertThat(all.subList(0, all.indexOf(answer)))
                        .anyMatch(
                                message -> message.contains("Target.detachedFromTarget") && message.contains(session));
                told.clear();
            }
        }
    }

    /** Contexts and targets of the whole Chromium, as it says itself. */
    private int left() {
        try (Cdp cdp = Cdp.connect(engine.running().get(0).process().devTools())) {
            JsonObject contexts = JsonParser.parseString(cdp.send("Target.getBrowserContexts", "{}", null))
                    .getAsJsonObject()
                    .getAsJsonObject("result");
            JsonObject targets = JsonParser.parseString(cdp.send("Target.getTargets", "{}", null))
                    .getAsJsonObject()
                    .getAsJsonObject("result");
            return contexts.getAsJsonArray("browserContextIds").size()
                    + targets.getAsJsonArray("targetInfos").size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCrashIsToldToAllAndTheNextRuntimeGetsAnotherBrowser() throws Exception {
        List<RunningBrowser> browsers = List.of(launch("one"), launch("two"), launch("three"));
        long pid = browsers.get(0).pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        for (RunningBrowser browser : browsers) {
            BrowserExit exit = browser.exit().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(exit.reason())
                    .isEqualTo("killed by SIGKILL; it was shared with 2 other runtimes (isolation=context)");
        }
        RunningBrowser next = launch("four");
        assertThat(next.pid()).isNotEqualTo(pid);
        try (Cdp cdp = Cdp.connect(next.devTools())) {
            cdp.openPage("about:blank");
        }
        browsers.forEach(RunningBrowser::close);
    }

    @Test
    void aStoppedBrowserGetsNoMoreRuntimesAndHoldsNobodyUp() throws Exception {
        RunningBrowser one = launch("one");
        long pid = one.pid();
        signal("STOP", pid);
        RunningBrowser two = launch("two");
        assertThat(two.pid()).isNotEqualTo(pid);
        long start = System.nanoTime();
        one.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        until(
                "it is gone",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aClientThatDoesNotReadKeepsNobodyWaiting() throws Exception {
        try (SilentClient silent = SilentClient.connect(launch("silent").devTools());
                Cdp other = Cdp.connect(launch("other").devTools())) {
            silent.send("{\"id\":1,\"method\":\"Target.setAutoAttach\",\"params\":{\"autoAttach\":true,"
                    + "\"waitForDebuggerOnStart\":true,\"flatten\":true}}");
            silent.send("{\"id\":2,\"method\":\"Target.setDiscoverTargets\",\"params\":{\"discover\":true}}");
            silent.send("{\"id\":3,\"method\":\"Target.createTarget\",\"params\":{\"url\":\"about:blank\"}}");
            for (int i = 0; i < 5; i++) {
                String page = other.openPage("data:text/html,<title>page " + i + "</title>");
                assertThat(other.evaluate(page, "document.title")).isEqualTo("page " + i);
            }
        }
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
