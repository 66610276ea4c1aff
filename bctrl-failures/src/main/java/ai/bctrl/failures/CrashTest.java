package ai.bctrl.failures;

import static ai.bctrl.junit.evidence.EvidenceKind.ARIA;
import static ai.bctrl.junit.evidence.EvidenceKind.DOM;
import static ai.bctrl.junit.evidence.EvidenceKind.MHTML;
import static ai.bctrl.junit.evidence.EvidenceKind.NETWORK;
import static ai.bctrl.junit.evidence.EvidenceKind.SCREENSHOT;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.BrowserSpec;
import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.model.Isolation;
import ai.bctrl.runtime.RuntimeSpec;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Loses its page, or its browser. */
@BctrlBrowser
class CrashTest {
    @Test
    @Expect(
            origin = FailureOrigin.PAGE_CRASH,
            without = {SCREENSHOT, DOM, MHTML, ARIA})
    void ofThePage(Page page) {
        page.setContent("<h1>Crashes</h1>");
        page.navigate("chrome://crash");
    }

    @Test
    @BctrlBrowser(spec = OwnProcess.class)
    @Expect(
            origin = FailureOrigin.BROWSER_CRASH,
            without = {SCREENSHOT, DOM, MHTML, ARIA, NETWORK})
    void ofTheBrowser(Browser browser, Page page) {
        page.setContent("<h1>Dies</h1>");
        for (JsonElement process :
                browser.newBrowserCDPSession().send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
            JsonObject info = process.getAsJsonObject();
            if (info.get("type").getAsString().equals("browser")) {
                ProcessHandle.of(info.get("id").getAsLong()).orElseThrow().destroyForcibly();
            }
        }
        page.locator("#never").waitFor();
    }

    /**
     * Whatever {@code bctrl.isolation} says: those who shared the process would die with it, and may not ask for it ({@code
     * SystemInfo}).
     */
    static final class OwnProcess implements BrowserSpec {
        @Override
        public void runtime(RuntimeSpec.Builder spec) {
            spec.isolation(Isolation.PROCESS);
        }
    }
}
