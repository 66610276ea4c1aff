package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.engine.ChromiumDiscovery.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChromiumFlagsTest {

    private static final Path RUN = Path.of("/run");
    private static final Path PROFILE = Path.of("/run/profile");

    @Test
    void tellsFullChromiumToBeHeadlessWithoutAWindow() {
        assertThat(of(LaunchRequest.builder("r").build(), Kind.CHROMIUM))
                .contains("--headless=new", "--no-startup-window", "--remote-debugging-port=0")
                .contains("--user-data-dir=/run/profile", "--disable-background-networking", "--disable-quic");
        assertThat(of(LaunchRequest.builder("r").build(), Kind.HEADLESS_SHELL))
                .doesNotContain("--headless=new", "--no-startup-window");
        assertThat(of(LaunchRequest.builder("r").headless(false).build(), Kind.CHROMIUM))
                .doesNotContain("--headless=new", "--no-startup-window");
    }

    @Test
    void leavesTheSandboxOnUnlessTold() {
        LaunchRequest request = LaunchRequest.builder("r").build();
        assertThat(ChromiumFlags.of(request, Kind.CHROMIUM, true, null, PROFILE, RUN))
                .doesNotContain("--no-sandbox");
        assertThat(ChromiumFlags.of(request, Kind.CHROMIUM, false, null, PROFILE, RUN))
                .contains("--no-sandbox");
    }

    @Test
    void asksForTheLanguageWithAndWithoutItsRegion() {
        assertThat(of(LaunchRequest.builder("r").locale("de-DE").build(), Kind.CHROMIUM))
                .contains("--lang=de-DE", "--accept-lang=de-DE,de");
        assertThat(of(LaunchRequest.builder("r").locale("fr").build(), Kind.CHROMIUM))
                .contains("--lang=fr", "--accept-lang=fr");
    }

    @Test
    void sendsLoopbackThroughTheProxyToo() {
        Proxy proxy = new Proxy(Proxy.Protocol.SOCKS5, "::1", 1080, null, null);
        assertThat(ChromiumFlags.of(LaunchRequest.builder("r").build(), Kind.CHROMIUM, true, proxy, PROFILE, RUN))
                .contains("--proxy-server=socks5://[::1]:1080", "--proxy-bypass-list=<-loopback>");
    }

    @Test
    void loadsExtensionsAndNoOthers() {
        LaunchRequest request = LaunchRequest.builder("r")
                .extension(Path.of("/a"))
                .extension(Path.of("/b"))
                .build();
        assertThat(of(request, Kind.CHROMIUM))
                .contains("--load-extension=/a,/b", "--disable-extensions-except=/a,/b")
                .doesNotContain("--disable-extensions");
    }

    @Test
    void putsTheCallersArgumentsLast() {
        LaunchRequest request = LaunchRequest.builder("r")
                .arguments(List.of("--mine", "--last"))
                .build();
        assertThat(of(request, Kind.CHROMIUM)).endsWith("--mine", "--last");
    }

    private static List<String> of(LaunchRequest request, Kind kind) {
        return ChromiumFlags.of(request, kind, true, null, PROFILE, RUN);
    }
}
