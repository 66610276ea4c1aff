package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LaunchRequestTest {

    @Test
    void refusesIdsThatWouldLeaveTheDirectory() {
        assertThatThrownBy(() -> LaunchRequest.builder("../x").build()).hasMessageContaining("runtimeId");
        assertThatThrownBy(() -> LaunchRequest.builder("..").build()).hasMessageContaining("runtimeId");
    }

    @Test
    void refusesALocaleThatIsNone() {
        assertThatThrownBy(() ->
                        LaunchRequest.builder("r").locale("de --no-sandbox").build())
                .hasMessageContaining("locale");
    }

    @Test
    void hidesTheProxysCredentials() {
        Proxy proxy = new Proxy(Proxy.Protocol.HTTP, "proxy.example", 3128, "alice", "s3cret");
        String text = LaunchRequest.builder("r").proxy(proxy).build().toString();
        assertThat(text).contains("http://proxy.example:3128").doesNotContain("alice", "s3cret");
    }

    @Test
    void refusesHalfOfTheCredentials() {
        assertThatThrownBy(() -> new Proxy(Proxy.Protocol.HTTP, "h", 1, "alice", null))
                .hasMessageContaining("together");
        assertThatThrownBy(() -> new Proxy(Proxy.Protocol.HTTP, "h h", 1, null, null))
                .hasMessageContaining("proxy host");
        assertThatThrownBy(() -> new Proxy(Proxy.Protocol.HTTP, "h", 0, null, null))
                .hasMessageContaining("proxy port");
    }

    @Test
    void explainsAnExit() {
        assertThat(new BrowserExit(false, 137, "SIGKILL", "x").reason()).isEqualTo("killed by SIGKILL");
        assertThat(new BrowserExit(false, 1, null, "first\nlast\n\n").reason()).isEqualTo("exited with status 1: last");
        assertThat(new BrowserExit(false, 0, null, "").reason()).isEqualTo("exited with status 0");
    }

    @Test
    void quotesArgumentsForWindows() {
        assertThat(WindowsSupervisor.quoted("C:\\a b\\")).isEqualTo("\"C:\\a b\\\\\"");
        assertThat(WindowsSupervisor.quoted("say \"hi\"")).isEqualTo("\"say \\\"hi\\\"\"");
    }
}
