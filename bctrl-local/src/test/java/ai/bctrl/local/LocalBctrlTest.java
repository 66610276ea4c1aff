package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.runtime.EmbeddedControlPlane;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LocalBctrlTest {

    @Test
    void isFoundAsEmbeddedControlPlane() {
        EmbeddedControlPlane found =
                ServiceLoader.load(EmbeddedControlPlane.class).findFirst().orElseThrow();
        try (EmbeddedControlPlane.Running running = found.start(Map.of("no-sandbox", "true"))) {
            new Api(running.baseUrl(), running.apiKey()).get("/v1/spaces").expect(200);
        }
        assertThatThrownBy(() -> found.start(Map.of("chrome", "x")))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("no setting 'chrome'")
                .hasMessageContaining("chromium, data, extensions, max-runtimes, no-sandbox, observe");
        assertThatThrownBy(() -> found.start(Map.of("no-sandbox", "maybe")))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessage("no-sandbox must be true or false but is 'maybe'");
    }

    @Test
    void makesUpADifferentKeyEachTime() {
        try (TestServer first = TestServer.start();
                TestServer second = TestServer.start()) {
            assertThat(first.local.apiKey()).matches("bctrl_local_[0-9a-f]{48}");
            assertThat(first.local.apiKey()).isNotEqualTo(second.local.apiKey());
            second.api.withKey(first.local.apiKey()).get("/v1/spaces").expectError(401, "auth.invalid");
        }
    }

    @Test
    void saysThatAPortIsTaken() {
        try (TestServer first = TestServer.start()) {
            int port = URI.create(first.local.baseUrl()).getPort();
            assertThatThrownBy(() -> TestServer.start(options -> options.port(port)))
                    .isInstanceOf(LocalBctrlException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void leavesNoThreadBehind() {
        TestServer server = TestServer.start();
        String runtime = server.api.newRuntime();
        TestSocket socket = server.attach(server.api.newConnection(runtime).expect(200));
        server.close();
        server.close();
        socket.awaitClose();
        Poll.until("all threads end", Duration.ofSeconds(5), () -> threads().isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("bctrl-"))
                .toList();
    }

    @Test
    void checksAndHidesItsOptions() {
        LocalOptions options = LocalOptions.builder()
                .apiKey("secret1")
                .readOnlyApiKey("secret2")
                .build();
        assertThat(options.toString()).doesNotContain("secret").contains("host=127.0.0.1", "port=0");
        assertThatThrownBy(() -> LocalOptions.builder().port(65536).build())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("port must be 0 to 65535");
        assertThatThrownBy(() -> LocalOptions.builder().apiKey("a b").build())
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageNotContaining("a b");
        assertThatThrownBy(() ->
                        LocalOptions.builder().apiKey("a").readOnlyApiKey("a").build())
                .isInstanceOf(BctrlConfigurationException.class);
        assertThatThrownBy(() -> LocalOptions.builder()
                        .browserStartTimeout(Duration.ZERO)
                        .build())
                .isInstanceOf(BctrlConfigurationException.class);
    }
}
