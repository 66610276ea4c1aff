package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One declaration, many tests. */
final class TemplateLifecycles {
    private TemplateLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of(
                        "Templates",
                        "each invocation of a parameterized test has a browser of its own",
                        run -> run.of(Parameterized.class).passed(3).browsers(3)),
                Lifecycle.of(
                        "Templates",
                        "each repetition has a browser of its own",
                        run -> run.of(Repeated.class).passed(3).browsers(3)),
                Lifecycle.of(
                        "Templates",
                        "each invocation of a test template has a browser of its own",
                        run -> run.of(Template.class).passed(2).browsers(2)),
                Lifecycle.of(
                        "Templates",
                        "the tests of a factory share the factory's browser, in containers too",
                        run -> run.of(Dynamic.class).passed(3).browsers(1)),
                Lifecycle.of(
                                "Templates",
                                "each test in each invocation of a class template has a browser of its own",
                                run -> run.of(TemplateClass.class).passed(4).browsers(4))
                        .since(Since.JUNIT_5_13),
                Lifecycle.of(
                                "Templates",
                                "a parameterized class takes its argument and a page in its constructor",
                                run -> run.of(ConstructorClass.class).passed(2).browsers(2))
                        .since(Since.JUNIT_5_13),
                Lifecycle.of(
                                "Templates",
                                "a parameterized class with fields and nested classes has a browser for each test",
                                run -> run.of(FieldClass.class).passed(4).browsers(4))
                        .since(Since.JUNIT_5_13));
    }

    @BctrlBrowser
    static class Parameterized {
        @ParameterizedTest
        @ValueSource(strings = {"a", "b", "c"})
        void test(String title, Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
            page.navigate("data:text/html,<title>" + title + "</title>");
            assertThat(page.title()).isEqualTo(title);
        }
    }

    @BctrlBrowser
    static class Repeated {
        @Nullable
        Page ofBeforeEach;

        @BeforeEach
        void before(Page page) {
            ofBeforeEach = page;
        }

        @RepeatedTest(3)
        void test(Page page) {
            assertThat(page).isSameAs(ofBeforeEach);
            assertThat(page.url()).isEqualTo("about:blank");
            page.navigate("data:text/html,seen");
        }
    }

    @BctrlBrowser
    static class Template {
        @TestTemplate
        @ExtendWith(TwoInvocations.class)
        void test(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
            page.navigate("data:text/html,seen");
        }
    }

    static class TwoInvocations implements TestTemplateInvocationContextProvider {
        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(new TestTemplateInvocationContext() {}, new TestTemplateInvocationContext() {});
        }
    }

    @BctrlBrowser
    static class Dynamic {
        @TestFactory
        Stream<DynamicNode> tests(Page page) {
            return Stream.of(
                    dynamicTest("one", () -> page.navigate("data:text/html,<title>one</title>")),
                    dynamicContainer(
                            "more",
                            Stream.of(
                                    dynamicTest(
                                            "two",
                                            () -> assertThat(page.title()).isEqualTo("one")),
                                    dynamicTest(
                                            "three",
                                            () -> assertThat(page.isClosed()).isFalse()))));
        }
    }

    @BctrlBrowser
    @ClassTemplate
    @ExtendWith(TwoClassInvocations.class)
    static class TemplateClass {
        @Test
        void one(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
            page.navigate("data:text/html,seen");
        }

        @Test
        void two(Page page) {
            assertThat(page.url()).isEqualTo("about:blank");
            page.navigate("data:text/html,seen");
        }
    }

    static class TwoClassInvocations implements ClassTemplateInvocationContextProvider {
        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(new ClassTemplateInvocationContext() {}, new ClassTemplateInvocationContext() {});
        }
    }

    @BctrlBrowser
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class ConstructorClass {
        private final String title;
        private final Page page;

        ConstructorClass(String title, Page page) {
            this.title = title;
            this.page = page;
        }

        @Test
        void test(Page same) {
            assertThat(same).isSameAs(page);
            page.navigate("data:text/html,<title>" + title + "</title>");
            assertThat(page.title()).isEqualTo(title);
        }
    }

    @BctrlBrowser
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class FieldClass {
        @Parameter
        @Nullable
        String title;

        @Test
        void test(Page page) {
            page.navigate("data:text/html,<title>" + title + "</title>");
            assertThat(page.title()).isEqualTo(Objects.requireNonNull(title));
        }

        @Nested
        class Inner {
            @Test
            void test(Page page) {
                assertThat(page.url()).isEqualTo("about:blank");
            }
        }
    }
}
