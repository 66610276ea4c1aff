package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlException;
import ai.bctrl.playwright.ChromiumProvider.ChromiumLease;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrowserSessionBrowserIT {
    private static final String PAGE = "data:text/html,<title>Hello</title><h1>Hello</h1>";

    private final ChromiumProvider provider = new ChromiumProvider();
    private final BctrlPlaywright playwright = BctrlPlaywright.create(provider);

    @AfterEach
    void leavesNothingOpen() {
        playwright.close();
        assertThat(provider.everyLeaseIsClosed()).isTrue();
    }

    @Test
    void drivesAPageAndTellsThePhases() {
        BrowserSession session = playwright.open(RuntimeSpec.defaults());
        session.page().navigate(PAGE);

        assertThat(session.page().title()).isEqualTo("Hello");
        assertThat(session.page().context()).isSameAs(session.context());
        assertThat(session.context().browser()).isSameAs(session.browser());
        assertThat(session.phases().phases().stream().map(PhaseTimes.Phase::name))
                .containsSubsequence("create", "connect", "context", "page");

        session.close();
        session.close();
        assertThat(lease().closes.get()).isOne();
        assertThatThrownBy(session::page).isInstanceOf(BctrlException.class).hasMessageContaining("closed");
    }

    @Test
    void whatTheDriverRecordsOutlivesTheBrowserAndNotTheSession() throws Exception {
        Path directory;
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            directory = session.artifactsDirectory();
            session.context().tracing().start(new Tracing.StartOptions().setName("recorded"));
            session.page().navigate(PAGE);
            lease().process.destroyForcibly().waitFor();
            // The driver may hear of it a moment later.
            assertThatThrownBy(() -> askForTenSeconds(session)).isInstanceOf(PlaywrightException.class);
            assertThat(directory.resolve("recorded.trace"))
                    .content()
                    .contains("\"method\":\"goto\"")
                    .contains("data:text/html");
        }
        assertThat(directory).doesNotExist();
    }

    private static void askForTenSeconds(BrowserSession session) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) {
            var unused = session.page().title();
        }
    }

    @Test
    void removesWhatAKilledJvmHasLeft(@TempDir Path temporary) throws Exception {
        Path old = Files.createDirectories(temporary.resolve("bctrl-artifacts-999999999-a/resources"));
        Files.writeString(old.resolve("file"), "left");
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path young = Files.createDirectory(temporary.resolve("bctrl-artifacts-999999999-b"));
        Path alive = Files.createDirectory(
                temporary.resolve("bctrl-artifacts-" + ProcessHandle.current().pid() + "-c"));
        Files.setLastModifiedTime(alive, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        ArtifactsDirectory.sweep(temporary);
        assertThat(temporary).isDirectoryNotContaining(path -> path.endsWith("bctrl-artifacts-999999999-a"));
        assertThat(young).exists();
        assertThat(alive).exists();
    }

    @Test
    void opensNoContextForSomebodyWhoOnlyWantsTheBrowser() {
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            assertThat(session.browser().version()).isNotEmpty();
            assertThat(session.hasContext()).isFalse();
        }
    }

    @Test
    void usesTheContextOfANamedProfile() {
        try (BrowserSession session =
                playwright.open(RuntimeSpec.builder().profile("shopper").build())) {
            BrowserContext theOnlyOne = session.browser().contexts().get(0);
            assertThat(session.context()).isSameAs(theOnlyOne);
            session.page().navigate(PAGE);
            session.renew();
            assertThat(session.context()).isSameAs(theOnlyOne);
            assertThat(session.page().isClosed()).isFalse();
        }
    }

    @Test
    void appliesTheOptionsToEachFreshContext() {
        List<BrowserContext> announced = new ArrayList<>();
        SessionOptions options = SessionOptions.builder()
                .contextOptions(context -> context.setLocale("de-DE").setViewportSize(321, 234))
                .onContext(announced::add)
                .build();
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults(), options)) {
            assertThat(session.page().evaluate("navigator.language + innerWidth"))
                    .isEqualTo("de-DE321");
            BrowserContext first = session.context();
            session.renew();
            assertThat(session.page().evaluate("navigator.language + innerWidth"))
                    .isEqualTo("de-DE321");
            assertThat(announced).containsExactly(first, session.context());
            assertThat(first.pages()).isEmpty();
        }
    }

    @Test
    void forksSessionsWithContextsOfTheirOwn() {
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            Page own = session.page();
            BrowserSession fork = session.fork();
            assertThat(fork.context()).isNotSameAs(session.context());
            assertThat(fork.lease()).isSameAs(session.lease());
            fork.page();
            fork.close();
            assertThat(own.isClosed()).isFalse();
            assertThat(session.browser().contexts()).hasSize(2).contains(session.context());
            assertThat(lease().closes.get()).isZero();
        }
    }

    @Test
    void handsDriversOverBetweenThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int number = i;
                work.add(() -> {
                    try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
                        session.page().navigate("data:text/html,<title>" + number + "</title>");
                        return session.page().title();
                    }
                });
            }
            List<String> titles = new ArrayList<>();
            for (Future<String> future : threads.invokeAll(work, 100, TimeUnit.SECONDS)) {
                titles.add(future.get());
            }
            assertThat(titles).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
            assertThat(nodeProcesses()).isBetween(1L, 3L);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closesSessionsThatAreStillOpen() {
        playwright.open(RuntimeSpec.defaults()).page();
        playwright.open(RuntimeSpec.defaults());
        playwright.close();
        assertThat(provider.everyLeaseIsClosed()).isTrue();
        assertThat(nodeProcesses()).isZero();
        assertThatThrownBy(() -> playwright.open(RuntimeSpec.defaults())).hasMessageContaining("closed");
    }

    @Test
    void saysThatTheBrowserDied() {
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            session.page().navigate(PAGE);
            lease().process.destroyForcibly();
            PlaywrightException failure = catchPlaywright(() -> session.page().waitForTimeout(20_000));

            assertThat(session.explain(failure))
                    .isInstanceOf(BrowserCrashedException.class)
                    .hasMessage("The browser died: killed by SIGKILL (runtime " + lease().runtimeId() + ", run "
                            + lease().runId() + ")")
                    .hasCause(failure);
            assertThat(session.explain(new AssertionError("not seen"))).isInstanceOf(BrowserCrashedException.class);
        }
    }

    @Test
    void saysThatTheConnectionWasLostWhenNobodyKnowsWhy() {
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            session.page();
            lease().tellsOfCrashes = false;
            lease().process.destroyForcibly();
            PlaywrightException failure = catchPlaywright(() -> session.page().waitForTimeout(20_000));
            assertThat(session.explain(failure)).isInstanceOf(BrowserUnreachableException.class);
        }
    }

    @Test
    void blamesNoBrowserThatIsAllRight() {
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            Page page = session.page();
            lease().ending = new RuntimeEnding(RuntimeEnding.Cause.EXPIRED, "the connection expired");
            assertThat(session.explain(new AssertionError("wrong title"))).isNull();
            lease().ending = null;
            page.close();
            assertThat(session.explain(catchPlaywright(page::title))).isNull();
        }
    }

    @Test
    void givesUpOnABrowserThatHangs() throws Exception {
        SessionOptions options =
                SessionOptions.builder().connectTimeout(Duration.ofSeconds(2)).build();
        BrowserSession session = playwright.open(RuntimeSpec.defaults(), options);
        signal("STOP", lease().process);
        assertThatThrownBy(session::context)
                .isInstanceOf(BrowserTimeoutException.class)
                .hasMessageContaining("opening a context took longer than 2000 ms");
        session.close();
        assertThat(provider.everyLeaseIsClosed()).isTrue();
    }

    @Test
    void cutsAWaitingCall() throws Exception {
        BrowserSession session = playwright.open(RuntimeSpec.defaults());
        assertThatThrownBy(() -> session.within(
                        Duration.ofMillis(500),
                        "waiting for ever",
                        () -> session.page().evaluate("new Promise(() => {})")))
                .isInstanceOf(BrowserTimeoutException.class)
                .hasMessageContaining("waiting for ever took longer than 500 ms");
        session.close();
        assertThat(provider.everyLeaseIsClosed()).isTrue();
        try (BrowserSession next = playwright.open(RuntimeSpec.defaults())) {
            assertThat(next.page().url()).isEqualTo("about:blank");
        }
    }

    @Test
    void replacesAnIdleDriverThatDied() {
        playwright.open(RuntimeSpec.defaults()).close();
        ProcessHandle.current()
                .children()
                .filter(BrowserSessionBrowserIT::isNode)
                .forEach(ProcessHandle::destroyForcibly);
        try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
            assertThat(session.page().url()).isEqualTo("about:blank");
        }
    }

    private ChromiumLease lease() {
        return provider.leases.element();
    }

    private static PlaywrightException catchPlaywright(Runnable use) {
        try {
            use.run();
        } catch (PlaywrightException expected) {
            return expected;
        }
        throw new AssertionError("the call did not fail");
    }

    private static long nodeProcesses() {
        return ProcessHandle.current()
                .children()
                .filter(BrowserSessionBrowserIT::isNode)
                .count();
    }

    private static boolean isNode(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("node"))
                .isPresent();
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor(5, TimeUnit.SECONDS);
    }
}
