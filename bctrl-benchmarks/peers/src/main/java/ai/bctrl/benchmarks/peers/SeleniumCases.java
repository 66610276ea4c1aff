package ai.bctrl.benchmarks.peers;

import io.github.bonigarcia.seljup.Options;
import io.github.bonigarcia.seljup.SeleniumJupiter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;

/** The tests with Selenium-Jupiter: a chromedriver and a browser for each test. */
@ExtendWith(SeleniumJupiter.class)
class SeleniumCases {
    @Options
    ChromeOptions options = SeleniumBody.options();

    static IntStream numbers() {
        return SeleniumBody.numbers();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void usesAPage(int number, TestReporter reporter, ChromeDriver driver) {
        SeleniumBody.run(driver, reporter, SeleniumBody.url());
    }
}
