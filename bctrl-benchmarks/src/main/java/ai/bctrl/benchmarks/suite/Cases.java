package ai.bctrl.benchmarks.suite;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;

/** What the tests of all suites do with a page, and what they are told by system properties. Stateless. */
final class Cases {
    private static final int FIELDS = 10;

    /** What every Chromium here is started with, apart from the headless mode. */
    static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-quic");

    private Cases() {}

    /** {@return the numbers of the tests to run} */
    static IntStream numbers() {
        return IntStream.rangeClosed(1, Integer.getInteger(Suite.TESTS, 1));
    }

    /** {@return the browser that peers start} */
    static Path chromium() {
        return Path.of(System.getProperty(Suite.CHROMIUM, "chromium-headless-shell"));
    }

    /** The body of every test: takes note that the page can be used, then works with it. */
    static void run(Page page, TestReporter reporter) {
        page.evaluate("1");
        reporter.publishEntry(Suite.USABLE, Long.toString(System.nanoTime()));
        String url = System.getProperty(Suite.URL, "");
        if (Suite.Body.valueOf(System.getProperty(Suite.BODY, Suite.Body.TRIVIAL.name())) == Suite.Body.TRIVIAL) {
            page.navigate(url + "tiny");
            assertEquals("Tiny", page.title());
        } else {
            form(page, url);
        }
    }

    private static void form(Page page, String url) {
        page.navigate(url);
        for (int i = 0; i < FIELDS; i++) {
            page.locator("input").nth(i).fill("value " + i);
        }
        for (int i = 0; i < FIELDS; i++) {
            page.getByRole(AriaRole.BUTTON).click();
        }
        assertThat(page).hasTitle("Sent 10");
        assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(200);
    }
}
