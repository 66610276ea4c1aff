package ai.bctrl.benchmarks.suite;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.junit.Options;
import com.microsoft.playwright.junit.OptionsFactory;
import com.microsoft.playwright.junit.UsePlaywright;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests with Playwright's own fixture: one browser for each thread, a context for each test. */
@UsePlaywright(UsePlaywrightCases.Shell.class)
class UsePlaywrightCases {
    static IntStream numbers() {
        return Cases.numbers();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void usesAPage(int number, Page page, TestReporter reporter) {
        Cases.run(page, reporter);
    }

    /** Names the browser; made by Playwright. */
    public static final class Shell implements OptionsFactory {
        /** Creates it; Playwright does. */
        public Shell() {}

        @Override
        public Options getOptions() {
            return new Options()
                    .setLaunchOptions(new BrowserType.LaunchOptions()
                            .setExecutablePath(Cases.chromium())
                            .setArgs(Cases.FLAGS));
        }
    }
}
