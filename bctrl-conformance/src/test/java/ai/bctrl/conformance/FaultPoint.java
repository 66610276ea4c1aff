package ai.bctrl.conformance;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests in the middle of which something goes wrong, and where that is put in. */
final class FaultPoint {
    private static volatile Runnable fault = () -> {};
    private static volatile Consumer<Page> onPage = page -> {};
    private static volatile long provokedAt;

    private FaultPoint() {}

    /** The next test waits for something when this happens. */
    static void during(Runnable next) {
        fault = next;
        provokedAt = System.nanoTime();
    }

    /** The next test does this with its page. */
    static void on(Consumer<Page> next) {
        onPage = next;
        provokedAt = System.nanoTime();
    }

    /** When the fault began; before that, when it was prepared. */
    static long provokedAt() {
        return provokedAt;
    }

    private static void provoke() {
        provokedAt = System.nanoTime();
        fault.run();
    }

    @BctrlBrowser
    static class Opens {
        @Test
        void test(Page page) {
            page.setContent("<h1>Open</h1>");
        }
    }

    @BctrlBrowser
    static class Waits {
        @Test
        void test(Page page) {
            page.setContent("<h1>Waits</h1>");
            CompletableFuture<@Nullable Void> unused = CompletableFuture.runAsync(
                    FaultPoint::provoke, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
            page.waitForSelector("#never", new Page.WaitForSelectorOptions().setTimeout(60_000));
        }
    }

    @BctrlBrowser
    static class Acts {
        @Test
        @Timeout(60)
        void test(Page page) {
            page.setContent("<h1>Acts</h1>");
            provokedAt = System.nanoTime();
            onPage.accept(page);
        }
    }
}
