package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult.Status;

/** The ways in which a test may end. */
final class EndingLifecycles {
    private static final String REASON = "fails on purpose";

    private EndingLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of(
                        "Endings",
                        "a failure in a constructor stays what it is, and the browser is given back",
                        run -> run.of(InConstructor.class).failedWith(REASON)),
                Lifecycle.of(
                        "Endings",
                        "a failure in @BeforeAll stays what it is, and the browser is given back",
                        run -> run.of(InBeforeAll.class).failedWith(REASON)),
                Lifecycle.of(
                        "Endings",
                        "a failure in @BeforeEach stays what it is, and the browser is given back",
                        run -> run.of(InBeforeEach.class).failedWith(REASON)),
                Lifecycle.of(
                        "Endings",
                        "a failure in the test stays what it is, and @AfterEach still has the page",
                        run -> run.of(InBody.class).failedWith(REASON)),
                Lifecycle.of(
                        "Endings",
                        "a failure in @AfterEach stays what it is, and the browser is given back",
                        run -> run.of(InAfterEach.class).failedWith(REASON)),
                Lifecycle.of(
                        "Endings",
                        "a failure in @AfterAll stays what it is, and the browser is given back",
                        run -> run.of(InAfterAll.class).failedWith(REASON)),
                Lifecycle.of(
                        "Endings",
                        "a failure in another extension's callback stays what it is, and the browser is given back",
                        run -> run.of(InExtensions.class).ended(Status.FAILED, 2)),
                Lifecycle.of(
                        "Endings",
                        "an error that is no exception fails one test only",
                        run -> run.of(Overflow.class).ended(Status.FAILED, 1).ended(Status.SUCCESSFUL, 1)),
                Lifecycle.of(
                        "Endings",
                        "an aborted test is aborted, not failed, and the browser is given back",
                        run -> run.of(Aborted.class).ended(Status.ABORTED, 1).ended(Status.FAILED, 0)),
                Lifecycle.of("Endings", "disabled tests and classes start nothing", run -> {
                    String newest = run.controlPlane().newestRun();
                    run.of(DisabledTest.class, DisabledClass.class).skipped(2).passed(0);
                    assertThat(run.controlPlane().newestRun()).isEqualTo(newest);
                }),
                Lifecycle.of(
                        "Endings",
                        "a test may close its page, its context or its browser itself",
                        run -> run.of(ClosesItself.class).passed(3).browsers(3)));
    }

    private static void fail() {
        throw new IllegalStateException(REASON);
    }

    @BctrlBrowser
    static class InConstructor {
        InConstructor(Page page) {
            page.navigate("data:text/html,seen");
            fail();
        }

        @Test
        void test() {}
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class InBeforeAll {
        @BeforeAll
        static void before(Page page) {
            page.navigate("data:text/html,seen");
            fail();
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    static class InBeforeEach {
        @BeforeEach
        void before(Page page) {
            page.navigate("data:text/html,seen");
            fail();
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    static class InBody {
        @Test
        void test(Page page) {
            page.navigate("data:text/html,seen");
            fail();
        }

        @AfterEach
        void after(Page page) {
            assertThat(page.evaluate("1 + 1")).isEqualTo(2);
        }
    }

    @BctrlBrowser
    static class InAfterEach {
        @Test
        void test(Page page) {
            page.navigate("data:text/html,seen");
        }

        @AfterEach
        void after() {
            fail();
        }
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class InAfterAll {
        @Test
        void test(Page page) {
            page.navigate("data:text/html,seen");
        }

        @AfterAll
        static void after(Page page) {
            assertThat(page.isClosed()).isFalse();
            fail();
        }
    }

    @BctrlBrowser
    static class InExtensions {
        @Test
        @ExtendWith(FailsBefore.class)
        void before(Page page) {
            assertThat(page).isNull();
        }

        @Test
        @ExtendWith(FailsAfter.class)
        void after(Page page) {
            page.navigate("data:text/html,seen");
        }
    }

    static class FailsBefore implements BeforeTestExecutionCallback {
        @Override
        public void beforeTestExecution(ExtensionContext context) {
            fail();
        }
    }

    static class FailsAfter implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext context) {
            fail();
        }
    }

    @BctrlBrowser
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Overflow {
        @Test
        @Order(1)
        void overflows(Page page) {
            page.navigate("data:text/html,seen");
            throw new StackOverflowError(REASON);
        }

        @Test
        @Order(2)
        void next(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @BctrlBrowser
    static class Aborted {
        @Test
        void test(Page page) {
            assumeTrue(page.url().isEmpty(), REASON);
        }
    }

    @BctrlBrowser
    static class DisabledTest {
        @Test
        @Disabled(REASON)
        void test(Page page) {
            assertThat(page).isNull();
        }
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    @Disabled(REASON)
    static class DisabledClass {
        @BeforeAll
        static void before(Page page) {
            assertThat(page).isNull();
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    static class ClosesItself {
        @Test
        void page(Page page) {
            page.close();
        }

        @Test
        void context(BrowserContext context) {
            context.close();
        }

        @Test
        void browser(Browser browser) {
            browser.close();
        }
    }
}
