package ai.bctrl.benchmarks.suite;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests with a browser of its own for each, launched by Playwright, which is created once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaunchCases {
    private @Nullable Playwright playwright;

    @BeforeAll
    void create() {
        playwright = Playwright.create();
    }

    @AfterAll
    void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    static IntStream numbers() {
        return Cases.numbers();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void usesAPage(int number, TestReporter reporter) {
        if (playwright == null) {
            throw new IllegalStateException("not created");
        }
        try (Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Cases.chromium())
                        .setArgs(Cases.FLAGS))) {
            Cases.run(browser.newContext().newPage(), reporter);
        }
    }
}
