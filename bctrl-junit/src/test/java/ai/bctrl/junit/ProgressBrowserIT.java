package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Through the launcher, as build tools and IDEs do it. */
@Timeout(120)
class ProgressBrowserIT {
    @TempDir
    @Nullable
    Path directory;

    @Test
    void printsALineForEachTest() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(true)
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new ProgressLines(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .build();
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getLauncher().execute(request("bctrl.progress", "true"));
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        "PASSED {3}passes\\(Page\\) {2}run [0-9a-f-]{36} {2}.*create \\d+ ms, .*body \\d+ ms.*"))
                .anyMatch(line -> line.matches("FAILED {3}fails\\(Page\\) {2}run [0-9a-f-]{36} {2}.*collect \\d+ ms"))
                .anyMatch(line -> line.startsWith("SKIPPED  skipped()  "))
                .last()
                .asString()
                .startsWith("1 passed, 1 failed, 1 skipped in ");
    }

    @Test
    void usesOneRunForAllExecutionsOfASession() throws Exception {
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request("bctrl.trace", "OFF"));
            session.getLauncher().execute(request("bctrl.trace", "OFF"));
        }
        List<String> manifests = JupiterRun.files(requireNonNull(directory)).stream()
                .filter(name -> name.endsWith("failure.json"))
                .toList();
        // A second execution is how build tools run failed tests again.
        assertThat(manifests).hasSize(2);
        assertThat(manifests.get(0)).contains("attempt-1");
        assertThat(manifests.get(1)).isEqualTo(manifests.get(0).replace("attempt-1", "attempt-2"));
    }

    @Test
    void passesConfigurationParametersOnToTheEmbeddedControlPlane() {
        List<String> failures = new CopyOnWriteArrayList<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failure -> failures.add(String.valueOf(failure.getMessage())));
            }
        };
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request("bctrl.local.nonsense", "1"), listener);
        }
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).contains("no setting 'nonsense'"));
    }

    private LauncherDiscoveryRequest request(String key, String value) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(MixedTestCases.class))
                .configurationParameter(
                        "bctrl.evidenceDirectory", requireNonNull(directory).toString())
                .configurationParameter(key, value)
                .build();
    }

    @BctrlBrowser
    static class MixedTestCases {
        @Test
        void passes(Page page) {
            page.setContent("<p>fine</p>");
        }

        @Test
        void fails(Page page) {
            throw new AssertionError(page.url());
        }

        @Test
        @Disabled("for a reason")
        void skipped() {}
    }
}
