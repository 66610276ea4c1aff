package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;

/** The order of methods and classes. */
final class OrderLifecycles {
    private OrderLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of("Order", "methods run in their order, each with a browser of its own", run -> {
                    Methods.SEEN.clear();
                    run.of(Methods.class).passed(3).browsers(3);
                    assertThat(Methods.SEEN).containsExactly("first", "second", "third");
                }),
                Lifecycle.of("Order", "nested classes run in their order", run -> {
                    Classes.SEEN.clear();
                    run.of(Classes.class).passed(2).browsers(2);
                    assertThat(Classes.SEEN).containsExactly("first", "second");
                }));
    }

    @BctrlBrowser
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Methods {
        static final List<String> SEEN = new CopyOnWriteArrayList<>();

        @Test
        @Order(3)
        void a(Page page) {
            SEEN.add("third");
            assertThat(page.url()).isEqualTo("about:blank");
        }

        @Test
        @Order(1)
        void b(Page page) {
            SEEN.add("first");
            page.navigate("data:text/html,first");
        }

        @Test
        @Order(2)
        void c(Page page) {
            SEEN.add("second");
            assertThat(page.url()).isEqualTo("about:blank");
        }
    }

    @BctrlBrowser
    @TestClassOrder(ClassOrderer.OrderAnnotation.class)
    static class Classes {
        static final List<String> SEEN = new CopyOnWriteArrayList<>();

        @Nested
        @Order(2)
        class A {
            @Test
            void test(Page page) {
                SEEN.add("second");
                assertThat(page.isClosed()).isFalse();
            }
        }

        @Nested
        @Order(1)
        class B {
            @Test
            void test(Page page) {
                SEEN.add("first");
                assertThat(page.isClosed()).isFalse();
            }
        }
    }
}
