package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that are made ready ahead of the tests of a plan. */
@Timeout(180)
class ReadyBrowserIT {
    @TempDir
    @Nullable
    Path directory;

    private final ControlPlane controlPlane = new ControlPlane();

    @AfterEach
    void close() {
        controlPlane.close();
    }

    private JupiterRun run() {
        return new JupiterRun(controlPlane, requireNonNull(directory));
    }

    @Test
    void eachTestOfThePlanGetsOneBrowserAndNoneIsMadeInVain() {
        JupiterRun.Result result = run().of(ThreeTestCases.class);
        result.allPass(3);
        assertThat(result.entries("bctrl.phases"))
                .allSatisfy(phases -> assertThat(phases).contains("create", "connect", "body"));
        assertThat(result.entries("bctrl.phases").stream().filter(phases -> phases.contains("handover")))
                .as("tests that found a browser ready")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(controlPlane.runtimes()).hasSize(3);
        assertThat(controlPlane.activeRuntimes()).isEmpty();
    }

    @Test
    void aRunThatBeganBeforeItsTestIsToldOfIt() {
        run().of(ThreeTestCases.class).allPass(3);
        for (Run record : controlPlane.runs()) {
            List<RunEvent> told =
                    controlPlane
                            .client()
                            .runs()
                            .events(record.id(), EventQuery.builder().limit(200).build())
                            .items()
                            .stream()
                            .filter(event -> event.type().startsWith("test."))
                            .toList();
            assertThat(told).extracting(RunEvent::type).containsExactly("test.started", "test.finished");
            assertThat(String.valueOf(told.get(0).data()))
                    .contains("ThreeTestCases")
                    .containsAnyOf("first", "second", "third");
        }
    }

    @Test
    void invocationsThatThePlanDoesNotTellOfAreSuppliedToo() {
        JupiterRun.Result result = run().of(RepeatedTestCases.class);
        result.allPass(4);
        assertThat(result.entries("bctrl.runId")).hasSize(4).doesNotHaveDuplicates();
        assertThat(controlPlane.activeRuntimes()).isEmpty();
    }

    @Test
    void startsNothingForTestsThatWillNotAskForABrowser() {
        run().of(OthersTestCases.class);
        assertThat(controlPlane.runtimes()).isEmpty();
    }

    @Test
    void makesNothingReadyWhereThatIsNotWanted() {
        JupiterRun.Result result = run().with("bctrl.pool", "off").of(ThreeTestCases.class);
        result.allPass(3);
        assertThat(result.entries("bctrl.phases")).noneMatch(phases -> phases.contains("handover"));
    }

    @Test
    void testsOfOtherBrowsersAreNotKeptWaitingByOneThatIsReady() {
        JupiterRun.Result result = run().with("bctrl.pool", "1").of(TwoKindsTestCases.class);
        result.allPass(4);
        assertThat(controlPlane.runtimes())
                .extracting(BrowserRuntime::status)
                .allSatisfy(status -> assertThat(status).hasToString("STOPPED"));
    }

    @BctrlBrowser
    static class ThreeTestCases {
        @Test
        void first(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }

        @Test
        void second(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }

        @Test
        void third(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @BctrlBrowser
    static class RepeatedTestCases {
        @RepeatedTest(4)
        void again(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @BctrlBrowser
    static class OthersTestCases {
        @Test
        void asksForNothing() {}

        @Test
        @Disabled("is not run")
        void disabled(Page page) {
            page.navigate("about:blank");
        }
    }

    @BctrlBrowser
    static class TwoKindsTestCases {
        @Test
        void plain(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("en-US");
        }

        @Test
        @BctrlBrowser(locale = "de-DE")
        void german(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("de-DE");
        }

        @Test
        @BctrlBrowser(locale = "fr-FR")
        void french(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("fr-FR");
        }

        @Test
        void english(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("en-US");
        }
    }
}
