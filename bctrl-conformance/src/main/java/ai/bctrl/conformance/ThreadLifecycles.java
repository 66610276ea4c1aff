package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Deadlines, other threads and interrupts: Playwright's objects belong to one thread at a time. */
final class ThreadLifecycles {
    private ThreadLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of(
                        "Threads",
                        "@Timeout on the same thread and on one of its own: a test in time works with the page it was given",
                        run -> run.of(InTime.class).passed(2).browsers(2)),
                Lifecycle.of(
                        "Threads",
                        "@Timeout on the same thread: a test that is late fails in time, and the next one works",
                        run -> {
                            Ended ended = run.of(LateOnTheSameThread.class);
                            assertThat(ended.failures())
                                    .singleElement()
                                    .satisfies(failure -> assertThat(failure).isInstanceOf(TimeoutException.class));
                        }),
                Lifecycle.of(
                        "Threads",
                        "@Timeout on a thread of its own: a test that is late fails in time, and the next one works",
                        run -> {
                            Ended ended = run.of(LateOnAThreadOfItsOwn.class);
                            assertThat(ended.failures())
                                    .singleElement()
                                    .satisfies(failure -> assertThat(failure).isInstanceOf(TimeoutException.class));
                        }),
                Lifecycle.of(
                        "Threads",
                        "assertTimeoutPreemptively runs its code with the page on another thread",
                        run -> run.of(Preemptive.class).passed(1)),
                Lifecycle.of(
                        "Threads",
                        "a thread that the test starts and waits for may use the page",
                        run -> run.of(Handed.class).passed(1)),
                Lifecycle.of(
                        "Threads",
                        "a test that is interrupted in the middle of an action ends, and the next one works",
                        run -> {
                            assertThat(run.of(Interrupted.class).failures()).hasSize(1);
                        }),
                Lifecycle.of(
                        "Threads",
                        "a test that leaves its thread interrupted spoils nothing",
                        run -> run.of(LeavesItself.class).passed(2).browsers(2)),
                Lifecycle.of("Threads", "a test that fails on an interrupted thread keeps its evidence", run -> {
                    Path evidence = run.directory().resolve("interrupted");
                    run.with("bctrl.evidence", "ON_FAILURE")
                            .with("bctrl.evidence.recording", "OFF")
                            .with("bctrl.evidenceDirectory", evidence.toString())
                            .inOwnSession(FailsInterrupted.class)
                            .failedWith("fails on purpose");
                    assertThat(evidence).isDirectoryRecursivelyContaining("glob:**/page-1.png");
                }));
    }

    @BctrlBrowser
    static class InTime {
        @Test
        @Timeout(value = 60, threadMode = ThreadMode.SAME_THREAD)
        void sameThread(Page page) {
            page.navigate("data:text/html,<title>same</title>");
            assertThat(page.title()).isEqualTo("same");
        }

        @Test
        @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
        void threadOfItsOwn(Page page) {
            page.navigate("data:text/html,<title>own</title>");
            assertThat(page.title()).isEqualTo("own");
        }
    }

    @BctrlBrowser
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LateOnTheSameThread {
        @Test
        @Order(1)
        @Timeout(value = 1, threadMode = ThreadMode.SAME_THREAD)
        void late(Page page) {
            page.locator("#never").waitFor();
        }

        @Test
        @Order(2)
        void next(Page page) {
            assertThat(page.evaluate("1 + 1")).isEqualTo(2);
        }
    }

    @BctrlBrowser
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LateOnAThreadOfItsOwn {
        @Test
        @Order(1)
        @Timeout(value = 1, threadMode = ThreadMode.SEPARATE_THREAD)
        void late(Page page) {
            page.locator("#never").waitFor();
        }

        @Test
        @Order(2)
        void next(Page page) {
            assertThat(page.evaluate("1 + 1")).isEqualTo(2);
        }
    }

    @BctrlBrowser
    static class Preemptive {
        @Test
        void test(Page page) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                page.navigate("data:text/html,<title>other</title>");
            });
            assertThat(page.title()).isEqualTo("other");
        }
    }

    @BctrlBrowser
    static class Handed {
        @Test
        void test(Page page) {
            AtomicReference<String> title = new AtomicReference<>("");
            CompletableFuture.runAsync(() -> {
                        page.navigate("data:text/html,<title>handed</title>");
                        title.set(page.title());
                    })
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            assertThat(title).hasValue("handed");
        }
    }

    @BctrlBrowser
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Interrupted {
        @Test
        @Order(1)
        void interrupted(Page page) {
            Thread thread = Thread.currentThread();
            CompletableFuture<Void> unused = CompletableFuture.runAsync(
                    thread::interrupt, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
            page.locator("#never").waitFor();
        }

        @Test
        @Order(2)
        void next(Page page) {
            assertThat(page.evaluate("1 + 1")).isEqualTo(2);
        }
    }

    @BctrlBrowser
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LeavesItself {
        @Test
        @Order(1)
        void interrupted(Page page) {
            assertThat(page.evaluate("1 + 1")).isEqualTo(2);
            Thread.currentThread().interrupt();
        }

        @Test
        @Order(2)
        void next(Page page) {
            assertThat(page.evaluate("1 + 1")).isEqualTo(2);
        }
    }

    @BctrlBrowser
    static class FailsInterrupted {
        @Test
        void test(Page page) {
            page.setContent("<h1>Seen</h1>");
            Thread.currentThread().interrupt();
            throw new IllegalStateException("fails on purpose");
        }
    }
}
