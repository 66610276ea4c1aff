package ai.bctrl.failures;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;

/** Kills browsers. */
final class EndsOfBrowsers {
    private EndsOfBrowsers() {}

    /** Ends the process of the browser at once, as SIGKILL does. */
    static void kill(Browser browser) {
        for (JsonElement process :
                browser.newBrowserCDPSession().send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
            JsonObject info = process.getAsJsonObject();
            if (info.get("type").getAsString().equals("browser")) {
                ProcessHandle.of(info.get("id").getAsLong()).orElseThrow().destroyForcibly();
            }
        }
    }
}
