package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One instance or many, one browser or many. */
final class InstanceLifecycles {
    private InstanceLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of(
                        "Instances and scopes",
                        "with an instance for all tests each test still has a browser of its own",
                        run -> run.of(PerClass.class).passed(2).browsers(2)),
                Lifecycle.of(
                        "Instances and scopes",
                        "scope CLASS: @BeforeAll, all tests and @AfterAll share a browser; each test has a context of its own",
                        run -> run.of(SharedByClass.class).passed(3).browsers(1)),
                Lifecycle.of(
                        "Instances and scopes",
                        "scope CLASS with an instance for all tests: its hooks need not be static",
                        run -> run.of(SharedInstance.class).passed(2).browsers(1)),
                Lifecycle.of(
                        "Instances and scopes",
                        "scope TEST: a page in @BeforeAll is refused with a sentence that says what to do",
                        run -> run.of(PageForAll.class)
                                .failedWith("scope = BrowserScope.CLASS")
                                .browsers(0)),
                Lifecycle.of(
                        "Instances and scopes",
                        "scope TEST: a page in the constructor of an instance for all tests is refused likewise",
                        run -> run.of(PageForSharedInstance.class)
                                .failedWith("scope = BrowserScope.CLASS")
                                .browsers(0)));
    }

    @BctrlBrowser
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClass {
        private final Set<Page> seen = ConcurrentHashMap.newKeySet();

        @RepeatedTest(2)
        void test(Page page) {
            assertThat(seen.add(page)).isTrue();
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class SharedByClass {
        private static final Set<Page> PAGES = ConcurrentHashMap.newKeySet();

        @BeforeAll
        static void before(Page page) {
            page.navigate("data:text/html,<title>class</title>");
        }

        @RepeatedTest(3)
        void test(Page page, BrowserContext context) {
            assertThat(PAGES.add(page)).isTrue();
            assertThat(context.pages()).containsExactly(page);
            assertThat(page.url()).isEqualTo("about:blank");
        }

        @AfterAll
        static void after(Page page) {
            assertThat(page.title()).isEqualTo("class");
            PAGES.clear();
        }
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class SharedInstance {
        @Nullable
        private Page ofTheClass;

        @BeforeAll
        void before(Page page) {
            ofTheClass = page;
        }

        @RepeatedTest(2)
        void test(Page page) {
            assertThat(page).isNotSameAs(ofTheClass);
            assertThat(Objects.requireNonNull(ofTheClass).isClosed()).isFalse();
        }
    }

    @BctrlBrowser
    static class PageForAll {
        @BeforeAll
        static void all(Page page) {
            assertThat(page).isNull();
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PageForSharedInstance {
        PageForSharedInstance(Page page) {
            assertThat(page).isNull();
        }

        @Test
        void test() {}
    }
}
