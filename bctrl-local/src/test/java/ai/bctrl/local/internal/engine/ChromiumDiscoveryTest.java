package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.engine.ChromiumDiscovery.Found;
import ai.bctrl.local.internal.engine.ChromiumDiscovery.Kind;
import ai.bctrl.local.internal.engine.HostEnvironment.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumDiscoveryTest {

    private static final LaunchRequest HEADLESS = LaunchRequest.builder("r").build();
    private static final LaunchRequest HEADFUL =
            LaunchRequest.builder("r").headless(false).build();
    private static final LaunchRequest WITH_EXTENSION =
            LaunchRequest.builder("r").extension(Path.of("/e")).build();

    @TempDir
    Path directory;

    private FakeHost host;

    @BeforeEach
    void linux() {
        host = new FakeHost(directory, OperatingSystem.LINUX);
    }

    @Test
    void takesTheShellForHeadlessAndChromiumForAWindow() {
        Path shell = host.program("/usr/bin/chromium-headless-shell");
        Path chromium = host.program("/usr/bin/chromium");

        assertThat(host.discovery().find(HEADLESS)).isEqualTo(new Found(shell, Kind.HEADLESS_SHELL));
        assertThat(host.discovery().find(HEADFUL)).isEqualTo(new Found(chromium, Kind.CHROMIUM));
        assertThat(host.discovery().find(WITH_EXTENSION)).isEqualTo(new Found(chromium, Kind.CHROMIUM));
    }

    @Test
    void startsWhatADebianWrapperWouldStart() {
        host.program("/usr/bin/chromium");
        host.program("/usr/bin/chromium-headless-shell");
        Path chromium = host.program("/usr/lib/chromium/chromium");
        Path shell = host.program("/usr/lib/chromium/chromium-headless-shell");

        assertThat(host.discovery().find(HEADFUL).path()).isEqualTo(chromium);
        assertThat(host.discovery().find(HEADLESS).path()).isEqualTo(shell);
    }

    @Test
    void prefersTheEarlierDirectoryOfThePath() {
        host.program("/usr/bin/chromium");
        Path local = host.program("/usr/local/bin/chromium");

        assertThat(host.discovery().find(HEADFUL).path()).isEqualTo(local);
    }

    @Test
    void fallsBackToBrandedBuildsAndThenToPlaywright() {
        Path playwright = host.program("/home/me/.cache/ms-playwright/chromium-1234/chrome-linux64/chrome");
        assertThat(host.discovery().find(HEADLESS)).isEqualTo(new Found(playwright, Kind.CHROMIUM));
        Path edge = host.program("/opt/microsoft/msedge/msedge");
        assertThat(host.discovery().find(HEADLESS)).isEqualTo(new Found(edge, Kind.EDGE));
        Path chrome = host.program("/usr/bin/google-chrome-stable");
        assertThat(host.discovery().find(HEADLESS)).isEqualTo(new Found(chrome, Kind.CHROME));
        assertThat(host.discovery().find(WITH_EXTENSION).path()).isEqualTo(playwright);
    }

    @Test
    void takesTheNewestRevisionOfPlaywrightsCache() {
        host.with("PLAYWRIGHT_BROWSERS_PATH", host.path("/pw").toString());
        host.program("/pw/chromium_headless_shell-999/chrome-linux/headless_shell");
        Path newest =
                host.program("/pw/chromium_headless_shell-1234/chrome-headless-shell-linux64/chrome-headless-shell");

        assertThat(host.discovery().find(HEADLESS)).isEqualTo(new Found(newest, Kind.HEADLESS_SHELL));
    }

    @Test
    void theVariableWinsOverEverythingThatIsFound() {
        host.program("/usr/bin/chromium-headless-shell");
        Path named = host.program("/somewhere/chrome");
        host.with(ChromiumDiscovery.VARIABLE, named.toString());

        assertThat(host.discovery().find(HEADLESS).path()).isEqualTo(named);
        assertThat(host.discovery().all()).extracting(Found::path).containsExactly(named);
    }

    @Test
    void theOptionWinsOverTheVariable() {
        Path option = host.program("/option/chromium");
        host.with(ChromiumDiscovery.VARIABLE, host.program("/variable/chromium").toString());

        assertThat(new ChromiumDiscovery(option, host.environment())
                        .find(HEADLESS)
                        .path())
                .isEqualTo(option);
    }

    @Test
    void neverFallsThroughWhereANamedBinaryIsUnusable() {
        host.program("/usr/bin/chromium");
        host.with(ChromiumDiscovery.VARIABLE, "/no/such/chromium");
        assertThatThrownBy(() -> host.discovery().find(HEADLESS))
                .isInstanceOf(BrowserStartException.class)
                .hasMessageContaining("BCTRL_CHROMIUM names /no/such/chromium, which does not exist");

        Path plain = host.file("/plain/chromium");
        assertThatThrownBy(() -> new ChromiumDiscovery(plain, host.environment()).find(HEADLESS))
                .hasMessageContaining("option 'binary' names " + plain + ", which is not executable");
        assertThatThrownBy(() -> new ChromiumDiscovery(directory, host.environment()).find(HEADLESS))
                .hasMessageContaining("which is a directory");
    }

    @Test
    void refusesExtensionsAndWindowsWhereOnlyTheShellIsAllowed() {
        Path shell = host.program("/x/chromium-headless-shell");
        ChromiumDiscovery discovery = new ChromiumDiscovery(shell, host.environment());

        assertThatThrownBy(() -> discovery.find(WITH_EXTENSION)).hasMessageContaining("Extensions need full Chromium");
        assertThatThrownBy(() -> discovery.find(HEADFUL)).hasMessageContaining("window needs full Chromium");
    }

    @Test
    void refusesExtensionsWhereOnlyTheShellIsInstalled() {
        host.program("/usr/bin/chromium-headless-shell");

        assertThatThrownBy(() -> host.discovery().find(WITH_EXTENSION))
                .isInstanceOf(BrowserStartException.class)
                .hasMessageContaining("can load extensions");
    }

    @Test
    void findsTheBrandAndNothingElse() {
        host.program("/usr/bin/chromium");
        LaunchRequest edge = LaunchRequest.builder("r").brand(BrowserBrand.EDGE).build();
        assertThatThrownBy(() -> host.discovery().find(edge)).hasMessageContaining("Microsoft Edge is not installed");

        Path binary = host.program("/usr/bin/microsoft-edge");
        assertThat(host.discovery().find(edge)).isEqualTo(new Found(binary, Kind.EDGE));
    }

    @Test
    void saysWhereItLookedAndWhatToDo() {
        assertThatThrownBy(() -> host.discovery().find(HEADLESS))
                .isInstanceOf(BrowserStartException.class)
                .hasMessageContaining("No Chromium found")
                .hasMessageContaining("apt-get install chromium")
                .hasMessageContaining("BCTRL_CHROMIUM")
                .hasMessageContaining(host.path("/usr/local/bin/chromium").toString())
                .hasMessageContaining("ms-playwright");
    }

    @Test
    void listsAllBestFirst() {
        host.program("/usr/bin/google-chrome");
        host.program("/usr/bin/chromium");
        host.program("/usr/bin/chromium-headless-shell");

        assertThat(host.discovery().all())
                .extracting(Found::kind)
                .containsExactly(Kind.HEADLESS_SHELL, Kind.CHROMIUM, Kind.CHROME);
    }

    @Test
    void findsApplicationsOfMacos() {
        FakeHost mac = new FakeHost(directory, OperatingSystem.MACOS);
        Path chrome = mac.program("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
        assertThat(mac.discovery().find(HEADLESS)).isEqualTo(new Found(chrome, Kind.CHROME));

        Path own = mac.program("/home/me/Applications/Chromium.app/Contents/MacOS/Chromium");
        assertThat(mac.discovery().find(HEADLESS)).isEqualTo(new Found(own, Kind.CHROMIUM));
    }

    @Test
    void findsProgramsOfWindows() {
        FakeHost windows = new FakeHost(directory, OperatingSystem.WINDOWS)
                .with("ProgramFiles(x86)", directory.resolve("x86").toString());
        Path edge = windows.program("/x86/Microsoft/Edge/Application/msedge.exe");

        assertThat(windows.discovery().find(HEADLESS)).isEqualTo(new Found(edge, Kind.EDGE));
    }

    @Test
    void asksForTheVersionAndGivesUpAtTheDeadline() throws Exception {
        Path good = host.program("/x/good");
        Files.writeString(good, "#!/bin/sh\necho Chromium 1.2.3\n");
        Path slow = host.program("/x/slow");
        Files.writeString(slow, "#!/bin/sh\nsleep 30\n");

        assertThat(new Found(good, Kind.CHROMIUM).version(Duration.ofSeconds(10)))
                .isEqualTo("Chromium 1.2.3");
        assertThat(new Found(slow, Kind.CHROMIUM).version(Duration.ofMillis(100)))
                .isNull();
    }
}
