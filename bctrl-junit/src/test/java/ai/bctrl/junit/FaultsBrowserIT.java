package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.junit.internal.run.RunDirectory;
import ai.bctrl.junit.internal.run.Stores;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.Run;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** Faults of what the tests stand on. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class FaultsBrowserIT {
    private final ControlPlane controlPlane = new ControlPlane();

    @TempDir
    @Nullable
    Path directory;

    @AfterEach
    void leavesNoBrowser() {
        assertThat(controlPlane.activeRuntimes()).isEmpty();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void aCloseThatFailsDoesNotHideTheFailureOfTheTest() {
        JupiterRun.Result result = run("failing-close").of(ServedTestCases.class);
        assertThat(result.failures()).hasSize(2).anySatisfy(failure -> {
            assertThat(failure).hasMessageStartingWith("[application assertion] the test's own failure\n  page: ");
            assertThat(failure.getSuppressed())
                    .anySatisfy(close -> assertThat(close).hasRootCauseMessage("the stop was not confirmed"));
        });
        assertThat(result.failures())
                .anySatisfy(failure -> assertThat(failure).hasRootCauseMessage("the stop was not confirmed"));
    }

    @Test
    void saysThatThereIsNoRunWithoutAnApi() {
        assertThat(run("no-api").of(RunTestCases.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("There is no Run to inject"));
    }

    @Test
    void keepsScreenshotAndTraceWithoutAnApi() throws Exception {
        JupiterRun run = run("no-api");
        assertThat(run.of(ServedTestCases.class).failures()).hasSize(1);
        assertThat(JupiterRun.files(run.evidence()))
                .anyMatch(name -> name.endsWith("page-1.png"))
                .anyMatch(name -> name.endsWith("trace.zip"))
                .anyMatch(name -> name.endsWith("failure.json"))
                .noneMatch(name -> name.endsWith("events.json"));
    }

    @Test
    void keepsScreenshotAndTraceWhenTheApiDoesNotAnswer() throws Exception {
        JupiterRun run = run("dead-api");
        assertThat(run.of(ServedTestCases.class).failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure).hasMessageStartingWith("[application assertion] the test's own failure\n"));
        assertThat(JupiterRun.files(run.evidence()))
                .anyMatch(name -> name.endsWith("page-1.png"))
                .anyMatch(name -> name.endsWith("trace.zip"))
                .anyMatch(name -> name.endsWith("failure.json"))
                .noneMatch(name -> name.endsWith("events.json"));
    }

    @Test
    void saysWhyThereIsNoBrowser() {
        assertThat(run("no-browser").of(ServedTestCases.class).failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("all browsers are taken"));
    }

    @Test
    void namesTheMissingKey() {
        JupiterRun run = new JupiterRun(requireNonNull(directory)).with("bctrl.baseUrl", "http://127.0.0.1:1");
        assertThat(run.of(LifecycleBrowserIT.MethodTestCases.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("BCTRL_API_KEY"));
    }

    @Test
    void stopsWhatTheRunLeft() {
        RunResources run = new RunResources(
                RunDirectory.apart(requireNonNull(directory), null),
                new Publication(
                        new JupiterRun(requireNonNull(directory)).settings().evidence(), Map.of(), System.out),
                new BrowserSupply(null, 0),
                () -> new BrowserService(
                        ApiRuntimeProvider.of(controlPlane.client()),
                        client(controlPlane.apiKey(), controlPlane.baseUrl()),
                        null,
                        null));
        RuntimeLease left = ApiRuntimeProvider.of(controlPlane.client())
                .acquire(RuntimeSpec.builder()
                        .metadata(RunResources.MEMBER_TAG, run.member())
                        .build());
        assertThat(leakCheck(run.member(), left))
                .isEqualTo("bctrl: 1 browser used, 1 was left and had to be stopped: " + left.runtimeId()
                        + System.lineSeparator());
        assertThat(controlPlane.activeRuntimes()).isEmpty();
        assertThat(leakCheck(run.member(), left))
                .isEqualTo("bctrl: 1 browser used, none left" + System.lineSeparator());
        run.close();
    }

    private String leakCheck(String member, RuntimeLease lease) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        new LeakCheck(controlPlane.client(), member, Set.of(requireNonNull(lease.runId())), out).run();
        return said.toString(StandardCharsets.UTF_8);
    }

    @ExtendWith(Faulty.class)
    @BctrlBrowser
    static class ServedTestCases {
        @Test
        void passes(Page page) {
            page.setContent("<p>fine</p>");
        }

        @Test
        void fails(Page page) {
            page.setContent("<p>not fine</p>");
            fail("the test's own failure");
        }
    }

    @ExtendWith(Faulty.class)
    @BctrlBrowser
    static class RunTestCases {
        @Test
        void test(Run run) {
            assertThat(run).isNull();
        }
    }

    private JupiterRun run(String fault) {
        // A browser that is made ready would come from the service without the fault.
        return new JupiterRun(controlPlane, requireNonNull(directory))
                .with("fault", fault)
                .with("bctrl.pool", "off");
    }

    private static BctrlClient client(String apiKey, String baseUrl) {
        return BctrlClient.builder().apiKey(apiKey).baseUrl(baseUrl).build();
    }

    /** Gives the run a service with a fault. */
    static final class Faulty implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            String fault = context.getConfigurationParameter("fault").orElseThrow();
            String apiKey = context.getConfigurationParameter("bctrl.apiKey").orElseThrow();
            String baseUrl = context.getConfigurationParameter("bctrl.baseUrl").orElseThrow();
            RunDirectory directory =
                    RunDirectory.join(TestBrowsers.settings(context).evidence().directory(), null);
            Publication publication =
                    new Publication(TestBrowsers.settings(context).evidence(), Map.of(), System.out);
            Stores.computed(
                    Stores.ofSession(context, BctrlExtension.NAMESPACE),
                    RunResources.class,
                    RunResources.class,
                    () -> new RunResources(
                            directory,
                            publication,
                            new BrowserSupply(null, 0),
                            () -> service(fault, client(apiKey, baseUrl))));
        }

        private static BrowserService service(String fault, BctrlClient client) {
            RuntimeProvider api = ApiRuntimeProvider.of(client);
            return switch (fault) {
                case "failing-close" ->
                    new BrowserService(spec -> new FailingClose(api.acquire(spec)), client, null, null);
                case "no-api" -> new BrowserService(spec -> new WithoutRun(api.acquire(spec)), null, null, null);
                case "dead-api" -> new BrowserService(api, client("bctrl_nobody", "http://127.0.0.1:1"), null, null);
                default ->
                    new BrowserService(
                            spec -> {
                                throw new BctrlException("all browsers are taken");
                            },
                            client,
                            null,
                            null);
            };
        }
    }

    private record FailingClose(RuntimeLease lease) implements Decorated {
        @Override
        public void close() {
            lease.close();
            throw new BctrlException("the stop was not confirmed");
        }
    }

    private record WithoutRun(RuntimeLease lease) implements Decorated {
        @Override
        public @Nullable String runId() {
            return null;
        }
    }

    private interface Decorated extends RuntimeLease {
        RuntimeLease lease();

        @Override
        default String runtimeId() {
            return lease().runtimeId();
        }

        @Override
        default @Nullable String runId() {
            return lease().runId();
        }

        @Override
        default String cdpUrl() {
            return lease().cdpUrl();
        }

        @Override
        default PhaseTimes phases() {
            return lease().phases();
        }

        @Override
        default @Nullable RuntimeEnding ending() {
            return lease().ending();
        }

        @Override
        default LiveView liveView(CreateLiveViewRequest request) {
            return lease().liveView(request);
        }

        @Override
        default void close() {
            lease().close();
        }
    }
}
