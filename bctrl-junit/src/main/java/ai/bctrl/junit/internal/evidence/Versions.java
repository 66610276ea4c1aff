package ai.bctrl.junit.internal.evidence;

import ai.bctrl.playwright.BrowserSession;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Versions of everything that took part. Stateless. */
final class Versions {
    private Versions() {}

    static Map<String, String> of(@Nullable BrowserSession session) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("bctrl", property("/ai/bctrl/junit/internal/evidence/version.properties"));
        versions.put("playwright", property("/META-INF/maven/com.microsoft.playwright/playwright/pom.properties"));
        if (session != null) {
            versions.put("browser", browser(session));
        }
        versions.put("junit", of(Test.class));
        versions.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }

    /** Told when the connection was made, so that it is known of a dead browser too. */
    private static String browser(BrowserSession session) {
        return session.browser().browserType().name() + " " + session.browser().version();
    }

    private static String of(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static String property(String resource) {
        try (InputStream content = Playwright.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            if (content != null) {
                properties.load(content);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
