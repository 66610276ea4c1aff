package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BctrlExtension;
import com.microsoft.playwright.Page;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways in which a class may say that it wants browsers. */
final class DeclarationLifecycles {
    private static final String LANGUAGE = "navigator.language";

    private DeclarationLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of(
                        "Declaration",
                        "nested classes to a depth of three see the browser of their own test in every hook and constructor",
                        run -> run.of(Depth0.class).passed(4).browsers(4)),
                Lifecycle.of(
                        "Declaration",
                        "the nearest annotation counts: method before nested class before class",
                        run -> run.of(Nearest.class).passed(3)),
                Lifecycle.of(
                        "Declaration",
                        "the annotation of a superclass is inherited, with its hooks and its tests",
                        run -> run.of(Inheriting.class).passed(2).browsers(2)),
                Lifecycle.of(
                        "Declaration",
                        "an interface may carry the annotation and default tests",
                        run -> run.of(Implementing.class).passed(2).browsers(2)),
                Lifecycle.of(
                        "Declaration",
                        "it works as a meta-annotation on classes",
                        run -> run.of(Composed.class).passed(1)),
                Lifecycle.of(
                        "Declaration",
                        "it works as a meta-annotation on methods, together with @Test",
                        run -> run.of(ComposedMethods.class).passed(1)),
                Lifecycle.of(
                        "Declaration",
                        "a static @RegisterExtension field registers it",
                        run -> run.of(StaticField.class).passed(1).browsers(1)),
                Lifecycle.of(
                        "Declaration",
                        "an instance @RegisterExtension field registers it",
                        run -> run.of(InstanceField.class).passed(1).browsers(1)),
                Lifecycle.of(
                        "Declaration",
                        "@ExtendWith registers it",
                        run -> run.of(Extended.class).passed(1).browsers(1)),
                Lifecycle.of(
                        "Declaration",
                        "a class that declares it twice gets one browser for each test",
                        run -> run.of(Twice.class).passed(1).browsers(1)));
    }

    @BctrlBrowser
    static class Depth0 {
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
        class Depth1 {
            @Test
            void one(Page page) {
                assertThat(page).isSameAs(ofBeforeEach);
            }

            @Nested
            class Depth2 {
                @Test
                void two(Page page) {
                    assertThat(page).isSameAs(ofBeforeEach);
                }

                @Nested
                class Depth3 {
                    private final Page ofConstructor;

                    Depth3(Page page) {
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

    @BctrlBrowser(locale = "de-DE")
    static class Nearest {
        @Test
        void ofTheClass(Page page) {
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("de-DE");
        }

        @Test
        @BctrlBrowser(locale = "es-ES")
        void ofTheMethod(Page page) {
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("es-ES");
        }

        @Nested
        @BctrlBrowser(locale = "it-IT")
        class OfTheNestedClass {
            @Test
            void test(Page page) {
                assertThat(page.evaluate(LANGUAGE)).isEqualTo("it-IT");
            }
        }
    }

    @BctrlBrowser(locale = "fr-FR")
    abstract static class Inherited {
        @Nullable
        Page ofBeforeEach;

        @BeforeEach
        void before(Page page) {
            ofBeforeEach = page;
        }

        @Test
        void ofTheSuperclass(Page page) {
            assertThat(page).isSameAs(ofBeforeEach);
        }
    }

    static class Inheriting extends Inherited {
        @Test
        void ofTheClass(Page page) {
            assertThat(page).isSameAs(ofBeforeEach);
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("fr-FR");
        }
    }

    @BctrlBrowser(locale = "pt-BR")
    interface Contract {
        @Test
        default void ofTheInterface(Page page) {
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("pt-BR");
        }
    }

    static class Implementing implements Contract {
        @Test
        void ofTheClass(Page page) {
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("pt-BR");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @BctrlBrowser(locale = "de-DE")
    @interface German {}

    @German
    static class Composed {
        @Test
        void test(Page page) {
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("de-DE");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Test
    @BctrlBrowser(locale = "nl-NL")
    @interface DutchTest {}

    static class ComposedMethods {
        @DutchTest
        void test(Page page) {
            assertThat(page.evaluate(LANGUAGE)).isEqualTo("nl-NL");
        }
    }

    static class StaticField {
        @RegisterExtension
        static final BctrlExtension BROWSER = new BctrlExtension();

        @Test
        void test(Page page) {
            assertThat(page.isClosed()).isFalse();
        }
    }

    static class InstanceField {
        @RegisterExtension
        final BctrlExtension browser = new BctrlExtension();

        @Test
        void test(Page page) {
            assertThat(page.isClosed()).isFalse();
        }
    }

    @ExtendWith(BctrlExtension.class)
    static class Extended {
        @Test
        void test(Page page) {
            assertThat(page.isClosed()).isFalse();
        }
    }

    @BctrlBrowser
    @ExtendWith(BctrlExtension.class)
    static class Twice {
        @Test
        void test(Page page) {
            assertThat(page.isClosed()).isFalse();
        }
    }
}
