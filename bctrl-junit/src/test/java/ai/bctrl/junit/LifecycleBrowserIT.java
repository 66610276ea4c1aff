package ai.bctrl.junit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.Run;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class LifecycleBrowserIT {
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
    void eachTestHasABrowserOfItsOwn() {
        JupiterRun.Result result = run().of(TwoTestCases.class);
        result.allPass(2);
        assertThat(result.entries("bctrl.runId")).hasSize(2).doesNotHaveDuplicates();
        assertThat(result.entries("bctrl.phases"))
                .allSatisfy(phases ->
                        assertThat(phases).containsSubsequence("create", "connect", "context", "page", "body"));
    }

    @BctrlBrowser
    static class TwoTestCases {
        @Test
        void one(Page page) {
            page.navigate("data:text/html,<title>one</title>");
            assertThat(page.title()).isEqualTo("one");
        }

        @Test
        void two(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @Test
    void injectsAllTypesOfOneBrowser() {
        run().of(AllTypesTestCases.class).allPass(1);
    }

    @BctrlBrowser
    static class AllTypesTestCases {
        @Test
        void all(
                Page page,
                BrowserContext context,
                Browser browser,
                BrowserSession session,
                RuntimeLease lease,
                Run run,
                BctrlClient client) {
            assertThat(page.context()).isSameAs(context);
            assertThat(context.browser()).isSameAs(browser);
            assertThat(session.page()).isSameAs(page);
            assertThat(session.lease()).isSameAs(lease);
            assertThat(run.id()).isEqualTo(lease.runId());
            assertThat(client.runs().get(run.id()).runtimeId()).isEqualTo(lease.runtimeId());
        }
    }

    @Test
    void oneBrowserServesAllPartsOfATest() {
        run().of(ConstructorTestCases.class).allPass(2);
    }

    @BctrlBrowser
    static class ConstructorTestCases {
        private final Page page;

        ConstructorTestCases(Page page) {
            this.page = page;
        }

        @BeforeEach
        void before(Page same) {
            assertThat(same).isSameAs(page);
        }

        @Test
        void test(Page same) {
            assertThat(same).isSameAs(page);
        }

        @Test
        void withoutAParameter() {
            assertThat(page.url()).isEqualTo("about:blank");
        }

        @AfterEach
        void after(Page same) {
            assertThat(same).isSameAs(page);
            assertThat(same.isClosed()).isFalse();
        }
    }

    @Test
    void startsNothingForATestThatAsksForNothing() {
        int before = controlPlane.runs().size();
        // Nobody listens there, and nobody notices.
        run().with("bctrl.baseUrl", "http://127.0.0.1:1")
                .of(LazyTestCases.class)
                .allPass(1);
        run().of(LazyTestCases.class).allPass(1);
        assertThat(controlPlane.runs()).hasSize(before);
    }

    @BctrlBrowser
    static class LazyTestCases {
        @Test
        void nothing() {}
    }

    @Test
    void worksInNestedClassesOfAnyDepth() {
        JupiterRun.Result result = run().of(NestedTestCases.class);
        result.allPass(4);
        assertThat(result.entries("bctrl.runId")).hasSize(4).doesNotHaveDuplicates();
    }

    @BctrlBrowser
    static class NestedTestCases {
        @Nullable
        Page ofBeforeEach;

        @BeforeEach
        void before(Page page) {
            ofBeforeEach = page;
        }

        @Test
        void zero(Page page) {
            assertThat(page).isSameAs(ofBeforeEach);
        }

        @Nested
        class First {
            @Test
            void one(Page page) {
                assertThat(page).isSameAs(ofBeforeEach);
            }

            @Nested
            class Second {
                @Test
                void two(Page page) {
                    assertThat(page).isSameAs(ofBeforeEach);
                }

                @Nested
                class Third {
                    private final Page ofConstructor;

                    Third(Page page) {
                        ofConstructor = page;
                    }

                    @Test
                    void three(Page page) {
                        assertThat(page).isSameAs(ofBeforeEach).isSameAs(ofConstructor);
                    }
                }
            }
        }
    }

    @Test
    void isInheritedAndWorksAsMetaAnnotationAndOnMethods() {
        run().of(InheritedTestCases.class, MetaTestCases.class, MethodTestCases.class)
                .allPass(3);
    }

    @BctrlBrowser
    abstract static class Base {}

    static class InheritedTestCases extends Base {
        @Test
        void test(Page page) {
            assertThat(page.isClosed()).isFalse();
        }
    }

    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @BctrlBrowser(locale = "de-DE")
    @interface German {}

    @German
    static class MetaTestCases {
        @Test
        void test(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("de-DE");
        }
    }

    static class MethodTestCases {
        @Test
        @BctrlBrowser(locale = "fr-FR", spec = Small.class)
        void test(Page page) {
            assertThat(page.evaluate("navigator.language + ' ' + innerWidth")).isEqualTo("fr-FR 400");
        }
    }

    static class Small implements BrowserSpec {
        @Override
        public void runtime(RuntimeSpec.Builder spec) {
            spec.metadata("size", "small");
        }

        @Override
        public void context(Browser.NewContextOptions options) {
            options.setViewportSize(400, 300);
        }
    }

    @Test
    void theNearestAnnotationCounts() {
        run().of(NearestTestCases.class).allPass(3);
    }

    @BctrlBrowser(locale = "de-DE")
    static class NearestTestCases {
        @Test
        void ofTheClass(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("de-DE");
        }

        @Test
        @BctrlBrowser(locale = "es-ES")
        void ofTheMethod(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("es-ES");
        }

        @Nested
        @BctrlBrowser(locale = "it-IT")
        class OfTheNestedClass {
            @Test
            void test(Page page) {
                assertThat(page.evaluate("navigator.language")).isEqualTo("it-IT");
            }
        }
    }

    @Test
    void eachInvocationIsATestOfItsOwn() {
        JupiterRun.Result result = run().of(InvocationsTestCases.class);
        result.allPass(5);
        assertThat(result.entries("bctrl.runId")).hasSize(5).doesNotHaveDuplicates();
    }

    @BctrlBrowser
    static class InvocationsTestCases {
        @ParameterizedTest
        @ValueSource(strings = {"a", "b", "c"})
        void parameterized(String title, Page page) {
            page.navigate("data:text/html,<title>" + title + "</title>");
            assertThat(page.title()).isEqualTo(title);
        }

        @RepeatedTest(2)
        void repeated(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @Test
    void theTestsOfAClassShareABrowserAndNothingElse() {
        JupiterRun.Result result = run().of(SharedTestCases.class);
        result.allPass(4);
        List<String> runs = result.entries("bctrl.runId");
        assertThat(runs).hasSize(4);
        assertThat(Set.copyOf(runs)).hasSize(2);
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class SharedTestCases {
        private static final Set<Page> PAGES = ConcurrentHashMap.newKeySet();

        @BeforeAll
        static void ofTheClass(Page page, RuntimeLease lease) {
            PAGES.add(page);
            page.navigate("data:text/html,<title>class</title>");
            assertThat(lease.runId()).isNotNull();
        }

        @Test
        void one(Page page, BrowserContext context) {
            isFresh(page, context);
        }

        @Test
        void two(Page page, BrowserContext context) {
            isFresh(page, context);
        }

        @Nested
        class Sharing {
            @Test
            void three(Page page, BrowserContext context) {
                isFresh(page, context);
            }
        }

        @Nested
        @BctrlBrowser
        class NotSharing {
            @Test
            void four(Page page, Browser browser) {
                assertThat(browser.contexts()).contains(page.context());
            }
        }

        @AfterAll
        static void theClassStillHasItsOwn(Page page) {
            assertThat(PAGES).contains(page);
            assertThat(page.title()).isEqualTo("class");
            PAGES.clear();
        }

        private static void isFresh(Page page, BrowserContext context) {
            assertThat(PAGES.add(page)).isTrue();
            assertThat(context.pages()).containsExactly(page);
            assertThat(context.cookies()).isEmpty();
            context.addCookies(
                    List.of(new com.microsoft.playwright.options.Cookie("seen", "yes").setUrl("http://shop.example/")));
        }
    }

    @Test
    void aSharedInstanceMayHoldASharedBrowser() {
        JupiterRun.Result result = run().concurrently(3).of(SharedInstanceTestCases.class);
        result.allPass(4);
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class SharedInstanceTestCases {
        private final Page page;

        SharedInstanceTestCases(Page page) {
            this.page = page;
        }

        @RepeatedTest(4)
        void usesTheFieldWithoutAskingForAnything() {
            for (int i = 0; i < 10; i++) {
                page.navigate("data:text/html,<title>" + i + "</title>");
                assertThat(page.title()).isEqualTo(String.valueOf(i));
            }
        }
    }

    @Test
    void concurrentTestsOfAClassTakeTurns() {
        JupiterRun.Result result = run().concurrently(4).of(TurnsTestCases.class);
        result.allPass(7);
        assertThat(Set.copyOf(result.entries("bctrl.runId"))).hasSize(1);
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class TurnsTestCases {
        private static final AtomicInteger USERS = new AtomicInteger();

        @BeforeEach
        void before(Page page) {
            assertThat(USERS.incrementAndGet()).isOne();
            page.navigate("data:text/html,<title>turn</title>");
        }

        @RepeatedTest(6)
        void test(Page page) {
            assertThat(page.title()).isEqualTo("turn");
        }

        @AfterEach
        void after() {
            assertThat(USERS.decrementAndGet()).isZero();
        }

        @Nested
        class Inner {
            @BeforeAll
            static void ofTheInnerClass(Page page) {
                assertThat(page.isClosed()).isFalse();
            }

            @Test
            void test(Page page) {
                assertThat(page.title()).isEqualTo("turn");
            }
        }
    }

    @Test
    void settingsAreStrongerThanTheAnnotation() {
        JupiterRun.Result result =
                run().with("bctrl.scope", "class").with("bctrl.locale", "nl-NL").of(OverriddenTestCases.class);
        result.allPass(2);
        assertThat(Set.copyOf(result.entries("bctrl.runId"))).hasSize(1);
    }

    @BctrlBrowser(locale = "de-DE")
    static class OverriddenTestCases {
        @RepeatedTest(2)
        void test(Page page) {
            assertThat(page.evaluate("navigator.language")).isEqualTo("nl-NL");
        }
    }

    @Test
    void saysWhatToDoAboutAWrongUse() {
        assertThat(run().of(PageForAllTestCases.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("Page cannot be injected into all(), which runs once for the whole class")
                        .hasMessageContaining("scope = BrowserScope.CLASS"));
        assertThat(run().of(PageForSharedInstanceTestCases.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("whose instance serves all tests"));
        assertThat(run().of(ClassScopeOnMethodTestCases.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("put it on the class"));
        assertThat(run().with("bctrl.scope", "RUN").of(TwoTestCases.class).failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageContaining(
                                "bctrl.scope (environment BCTRL_SCOPE) is 'RUN'; it must be TEST or CLASS"));
        assertThat(run().with("bctrl.locale", "xx-XX").of(TwoTestCases.class).failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("must be one of en-US"));
    }

    @BctrlBrowser
    static class PageForAllTestCases {
        @BeforeAll
        static void all(Page page) {
            assertThat(page).isNull();
        }

        @Test
        void test() {}
    }

    @BctrlBrowser
    @TestInstance(Lifecycle.PER_CLASS)
    static class PageForSharedInstanceTestCases {
        PageForSharedInstanceTestCases(Page page) {
            assertThat(page).isNull();
        }

        @Test
        void test() {}
    }

    static class ClassScopeOnMethodTestCases {
        @Test
        @BctrlBrowser(scope = BrowserScope.CLASS)
        void test(Page page) {
            assertThat(page).isNull();
        }
    }

    @Test
    void tagsTheRuntimesWithRunAndTest() {
        run().of(MethodTestCases.class).allPass(1);
        assertThat(controlPlane.runtimes()).map(BrowserRuntime::metadata).anySatisfy(metadata -> {
            JsonObject tags = java.util.Objects.requireNonNull(metadata);
            assertThat(tags.get("bctrlTest").getAsString()).endsWith("MethodTestCases.test");
            assertThat(tags.get("size").getAsString()).isEqualTo("small");
            assertThat(tags.has("bctrlRun")).isTrue();
        });
    }

    @Test
    void startsAnEmbeddedControlPlaneWhenNothingIsSet() {
        new JupiterRun(java.util.Objects.requireNonNull(directory))
                .of(TwoTestCases.class)
                .allPass(2);
    }

    private JupiterRun run() {
        return new JupiterRun(controlPlane, java.util.Objects.requireNonNull(directory));
    }
}
