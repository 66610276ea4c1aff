package ai.bctrl.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeOptions;

/** What the tests do with a page, as those of Playwright do. Stateless. */
final class SeleniumBody {
    private static final int FIELDS = 10;

    private SeleniumBody() {}

    static IntStream numbers() {
        return IntStream.rangeClosed(1, Integer.getInteger("bctrl.bench.tests", 1));
    }

    static String url() {
        return System.getProperty("bctrl.bench.url");
    }

    static ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("bctrl.bench.chromium"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--disable-quic");
        return options;
    }

    static void run(WebDriver driver, TestReporter reporter, String url) {
        ((JavascriptExecutor) driver).executeScript("return 1");
        reporter.publishEntry("bctrl.bench.usable", Long.toString(System.nanoTime()));
        if (System.getProperty("bctrl.bench.body", "TRIVIAL").equals("TRIVIAL")) {
            driver.get(url + "tiny");
            assertEquals("Tiny", driver.getTitle());
            return;
        }
        driver.get(url);
        List<WebElement> inputs = driver.findElements(By.tagName("input"));
        for (int i = 0; i < FIELDS; i++) {
            inputs.get(i).sendKeys("value " + i);
        }
        for (int i = 0; i < FIELDS; i++) {
            driver.findElement(By.tagName("button")).click();
        }
        assertEquals("Sent 10", driver.getTitle());
        assertEquals(200, driver.findElements(By.tagName("li")).size());
    }
}
