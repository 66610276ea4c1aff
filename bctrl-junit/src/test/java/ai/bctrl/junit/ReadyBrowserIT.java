package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

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

    /** What a launcher reports of some test classes; without one there is no test plan. */
    private final class Plan implements TestExecutionListener {
        private final List<String> phases = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private final List<TestExecutionResult> ends = new CopyOnWriteArrayList<>();

        Plan run(Class<?> testClass, String pool) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(testClass))
                    .configurationParameter("bctrl.apiKey", controlPlane.apiKey())
                    .configurationParameter("bctrl.baseUrl", controlPlane.baseUrl())
                    .configurationParameter(
                            "bctrl.evidenceDirectory",
                            requireNonNull(directory).resolve("evidence").toString())
                    .configurationParameter("bctrl.pool", pool)
                    .build();
            try (LauncherSession session = LauncherFactory.openSession()) {
                session.getLauncher().execute(request, this);
                assertThat(controlPlane.activeRuntimes()).as("after the plan").isEmpty();
            }
            return this;
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            String told = entry.getKeyValuePairs().get(BctrlLauncherListener.PHASES);
            if (told != null) {
                phases.add(told);
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
            if (test.isTest()) {
                ends.add(result);
            }
        }

        Plan allPass(int number) {
            assertThat(failures).isEmpty();
            assertThat(ends)
                    .hasSize(number)
                    .allSatisfy(end -> assertThat(end.getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL));
            return this;
        }

        long foundReady() {
            return phases.stream().filter(told -> told.contains("handover")).count();
        }
    }

    @Test
    void eachTestOfThePlanFindsABrowserReadyAndNoneIsMadeInVain() {
        Plan plan = new Plan().run(ThreeTestCases.class, "auto").allPass(3);
        assertThat(plan.phases).allSatisfy(phases -> assertThat(phases).contains("create", "connect", "body"));
        // The first test may be there before the thread that looks at the plan.
        assertThat(plan.foundReady()).isGreaterThanOrEqualTo(2);
        assertThat(controlPlane.runtimes()).hasSize(3);
    }

    @Test
    void aSingleTestHasASingleBrowser() {
        new Plan().run(OneTestCase.class, "auto").allPass(1);
        assertThat(controlPlane.runtimes()).hasSize(1);
    }

    @Test
    void aRunThatBeganBeforeItsTestIsToldOfIt() {
        new Plan().run(ThreeTestCases.class, "auto").allPass(3);
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
        Plan plan = new Plan().run(RepeatedTestCases.class, "auto").allPass(4);
        assertThat(plan.foundReady()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void startsNothingForTestsThatWillNotAskForABrowser() {
        new Plan().run(OthersTestCases.class, "auto").allPass(1);
        assertThat(controlPlane.runtimes()).isEmpty();
    }

    @Test
    void makesNothingReadyWhereThatIsNotWanted() {
        Plan plan = new Plan().run(ThreeTestCases.class, "off").allPass(3);
        assertThat(plan.foundReady()).isZero();
        assertThat(controlPlane.runtimes()).hasSize(3);
    }

    @Test
    void testsThatNeedNoBrowserOfTheirOwnDoNotCount() {
        new Plan().run(FactoryTestCases.class, "4").allPass(3);
        assertThat(controlPlane.runtimes()).hasSize(1);
    }

    @Test
    void whatWasMadeReadyForTestsThatDoNotComeIsGivenBackWithThePlan() {
        Plan plan = new Plan().run(BrokenTestCases.class, "2");
        assertThat(plan.failures).hasSize(1).first().asString().contains("nothing works today");
    }

    @Test
    void testsGetTheBrowserThatTheyAskForWhateverIsReady() {
        new Plan().run(TwoKindsTestCases.class, "2").allPass(4);
    }

    @BctrlBrowser
    static class OneTestCase {
        @Test
        void only(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }
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
    static class FactoryTestCases {
        @TestFactory
        Stream<DynamicTest> dynamic(Page page) {
            return Stream.of("one", "two")
                    .map(name -> DynamicTest.dynamicTest(
                            name, () -> assertThat(page.url()).isEqualTo("about:blank")));
        }

        @ParameterizedTest
        @ValueSource(ints = 1)
        void asksForNothing(int number) {
            assertThat(number).isEqualTo(1);
        }
    }

    @BctrlBrowser
    static class BrokenTestCases {
        @BeforeAll
        static void fail() {
            throw new IllegalStateException("nothing works today");
        }

        @Test
        void first(Page page) {
            page.navigate("about:blank");
        }

        @Test
        void second(Page page) {
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
