package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserScope;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests at the same time. */
final class ParallelLifecycles {
    private static final String SAME = "same_thread";
    private static final String CONCURRENT = "concurrent";
    private static volatile Presence presence = new Presence();

    private ParallelLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of("Parallel", "methods one by one, classes one by one", run -> {
                    Presence noted = fresh();
                    run.parallel(SAME, SAME)
                            .of(OneByOne.class, AlsoOneByOne.class)
                            .passed(4)
                            .browsers(4);
                    assertThat(noted.mostTests()).isOne();
                }),
                Lifecycle.of("Parallel", "methods concurrently, classes one by one", run -> {
                    Presence noted = fresh();
                    run.parallel(CONCURRENT, SAME)
                            .of(MethodsMeet.class, OneByOne.class)
                            .passed(4)
                            .browsers(4);
                    assertThat(noted.mostClasses()).isOne();
                }),
                Lifecycle.of("Parallel", "methods one by one, classes concurrently", run -> {
                    Presence noted = fresh();
                    run.parallel(SAME, CONCURRENT)
                            .of(MeetsOther.class, Other.class)
                            .passed(2)
                            .browsers(2);
                    assertThat(noted.mostClasses()).isEqualTo(2);
                }),
                Lifecycle.of("Parallel", "methods and classes concurrently", run -> {
                    Presence noted = fresh();
                    run.parallel(CONCURRENT, CONCURRENT)
                            .of(MethodsMeet.class, MeetsOther.class, Other.class)
                            .passed(4)
                            .browsers(4);
                    assertThat(noted.mostTests()).isGreaterThanOrEqualTo(2);
                }),
                Lifecycle.of("Parallel", "@Execution of a class is stronger than the default", run -> {
                    Presence noted = fresh();
                    run.parallel(CONCURRENT, CONCURRENT)
                            .of(SameThread.class)
                            .passed(3)
                            .browsers(3);
                    assertThat(noted.mostTests()).isOne();
                }),
                Lifecycle.of("Parallel", "@ResourceLock keeps tests with browsers apart", run -> {
                    Presence noted = fresh();
                    run.parallel(CONCURRENT, CONCURRENT)
                            .of(Locked.class)
                            .passed(3)
                            .browsers(3);
                    assertThat(noted.mostTests()).isOne();
                }),
                Lifecycle.of("Parallel", "@Isolated runs a class with browsers alone", run -> {
                    Presence noted = fresh();
                    run.parallel(CONCURRENT, CONCURRENT)
                            .of(Alone.class, OneByOne.class)
                            .passed(3)
                            .browsers(3);
                    assertThat(noted.mostClasses()).isOne();
                }),
                Lifecycle.of(
                        "Parallel",
                        "scope CLASS: concurrent tests of a class take turns with its browser",
                        run -> run.parallel(CONCURRENT, CONCURRENT)
                                .of(Turns.class)
                                .passed(4)
                                .browsers(1)));
    }

    private static Presence fresh() {
        presence = new Presence();
        return presence;
    }

    /** Notes when its tests are inside. */
    @BctrlBrowser
    abstract static class Noted {
        @BeforeEach
        void enter(Page page) {
            presence.enter(getClass());
            assertThat(page.url()).isEqualTo("about:blank");
        }

        @AfterEach
        void leave() {
            presence.leave(getClass());
        }
    }

    static class OneByOne extends Noted {
        @RepeatedTest(2)
        void test(Page page) {
            page.navigate("data:text/html,seen");
        }
    }

    static class AlsoOneByOne extends Noted {
        @RepeatedTest(2)
        void test(Page page) {
            page.navigate("data:text/html,seen");
        }
    }

    static class MethodsMeet extends Noted {
        private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

        @Test
        void one(Page page) {
            page.navigate("data:text/html,one");
            Presence.meet(BARRIER);
        }

        @Test
        void two(Page page) {
            page.navigate("data:text/html,two");
            Presence.meet(BARRIER);
        }
    }

    static class MeetsOther extends Noted {
        private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

        @Test
        void test(Page page) {
            page.navigate("data:text/html,one");
            Presence.meet(BARRIER);
        }
    }

    static class Other extends Noted {
        @Test
        void test(Page page) {
            page.navigate("data:text/html,other");
            Presence.meet(MeetsOther.BARRIER);
        }
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static class SameThread extends Noted {
        @RepeatedTest(3)
        void test(Page page) {
            page.navigate("data:text/html,seen");
        }
    }

    /** The lock is held before the browser is opened. */
    static class Locked extends Noted {
        @Test
        @ResourceLock("shop")
        void one(Page page) {
            page.navigate("data:text/html,one");
        }

        @Test
        @ResourceLock("shop")
        void two(Page page) {
            page.navigate("data:text/html,two");
        }

        @Test
        @ResourceLock("shop")
        void three(Page page) {
            page.navigate("data:text/html,three");
        }
    }

    @Isolated
    static class Alone extends Noted {
        @Test
        void test(Page page) {
            page.navigate("data:text/html,alone");
        }
    }

    @BctrlBrowser(scope = BrowserScope.CLASS)
    static class Turns {
        private static final Presence INSIDE = new Presence();

        @BeforeEach
        void enter(Page page) {
            INSIDE.enter(Turns.class);
            page.navigate("data:text/html,<title>turn</title>");
        }

        @RepeatedTest(4)
        void test(Page page) {
            assertThat(page.title()).isEqualTo("turn");
            assertThat(INSIDE.mostTests()).isOne();
        }

        @AfterEach
        void leave() {
            INSIDE.leave(Turns.class);
        }
    }
}
