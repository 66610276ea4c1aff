package ai.bctrl.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that are called several times. */
@BctrlBrowser
class InvocationsTest {
    @ParameterizedTest
    @ValueSource(strings = {"two", "two", "a/b: \"c\" <d>", "two", "two"})
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void failsAtTheThird(String text, Page page) {
        page.setContent("<h1>two</h1>");
        assertEquals(text, page.locator("h1").textContent());
    }

    @RepeatedTest(3)
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION)
    void failsAtTheSecond(RepetitionInfo repetition, Page page) {
        page.setContent("<p>here</p>");
        assertTrue(repetition.getCurrentRepetition() != 2);
    }
}
