package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.runtime.RuntimeLease;
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
    private static volatile Consumer<RuntimeLease> atEnd = lease -> {};
    private static volatile long provokedAt;

    private FaultPoint() {}

    /** The next test waits for something when this happens. */
    static void during(Runnable next) {
        fault = next;
        atEnd = lease -> {};
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

    /** The next test that goes on does this with its lease at the end. */
    static void atTheEnd(Consumer<RuntimeLease> next) {
        atEnd = next;
    }

    /** Works with its page after something has happened, for longer than the control plane looks the other way. */
    @BctrlBrowser
    static class GoesOn {
        @Test
        @Timeout(60)
        void test(Page page, RuntimeLease lease) {
            page.setContent("<button onclick='this.textContent = Number(this.textContent) + 1'>0</button>");
            provoke();
            for (int times = 1; times <= 25; times++) {
                page.click("button");
                page.waitForTimeout(100);
            }
            assertThat(page.textContent("button")).isEqualTo("25");
            atEnd.accept(lease);
        }
    }

    /** Sends and takes some hundred kilobytes. */
    @BctrlBrowser
    static class Transfers {
        @Test
        @Timeout(60)
        void test(Page page) {
            page.setContent("<h1>Transfers</h1><p>" + "x".repeat(300_000) + "</p>");
            for (int times = 0; times < 3; times++) {
                assertThat(page.textContent("p")).hasSize(300_000);
            }
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
