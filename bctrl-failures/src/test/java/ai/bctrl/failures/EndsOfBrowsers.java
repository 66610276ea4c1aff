package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BrowserRemains;
import ai.bctrl.model.Isolation;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import java.util.List;

/** Kills browsers. */
final class EndsOfBrowsers {
    private EndsOfBrowsers() {}

    /** Ends the process of the browser at once, as SIGKILL does; a shared one with all that it holds. */
    static void kill(Browser browser) {
        if (BrowserRemains.isolation() == Isolation.CONTEXT) {
            // Who shares a process may not ask for it.
            List<ProcessHandle> shared = BrowserRemains.shared();
            assertThat(shared).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
            return;
        }
        for (JsonElement process :
                browser.newBrowserCDPSession().send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
            JsonObject info = process.getAsJsonObject();
            if (info.get("type").getAsString().equals("browser")) {
                ProcessHandle.of(info.get("id").getAsLong()).orElseThrow().destroyForcibly();
            }
        }
    }
}
