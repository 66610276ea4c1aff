package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Takes too long. */
@BctrlBrowser
class TimeoutTest {
    @Test
    @Timeout(value = 1, threadMode = ThreadMode.SAME_THREAD)
    @Expect(origin = FailureOrigin.APPLICATION_TIMEOUT)
    void ofJUnitOnTheSameThread(Page page) {
        page.setContent("<h1>Slow</h1>");
        page.locator("#never").waitFor();
    }

    @Test
    @Timeout(value = 1, threadMode = ThreadMode.SEPARATE_THREAD)
    @Expect(origin = FailureOrigin.APPLICATION_TIMEOUT)
    void ofJUnitOnAThreadOfItsOwn(Page page) {
        page.setContent("<h1>Slow</h1>");
        page.locator("#never").waitFor();
    }

    @Test
    @Timeout(value = 200, unit = TimeUnit.SECONDS)
    @Expect(origin = FailureOrigin.APPLICATION_TIMEOUT)
    void ofPlaywright(Page page) {
        page.setContent("<h1>Slow</h1>");
        page.setDefaultTimeout(200);
        page.locator("#never").click();
    }
}
