package ai.bctrl.benchmarks.suite;

import ai.bctrl.junit.BctrlBrowser;
import com.microsoft.playwright.Page;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests with managed browsers. */
@BctrlBrowser
class ManagedCases {
    static IntStream numbers() {
        return Cases.numbers();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void usesAPage(int number, Page page, TestReporter reporter) {
        Cases.run(page, reporter);
    }
}
