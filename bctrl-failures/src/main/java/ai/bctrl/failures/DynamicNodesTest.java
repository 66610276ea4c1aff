package ai.bctrl.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that are made while the tests run; those of one factory use its browser, one after the other. */
@BctrlBrowser
class DynamicNodesTest {
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION, failures = 2)
    Stream<DynamicNode> someFail(Page page) {
        return Stream.of(
                dynamicTest("passes", () -> expectTitle(page, "one", "one")),
                dynamicTest("fails", () -> expectTitle(page, "one", "two")),
                dynamicContainer("inside", Stream.of(dynamicTest("fails", () -> expectTitle(page, "one", "three")))),
                dynamicTest("passes again", () -> expectTitle(page, "four", "four")));
    }

    private static void expectTitle(Page page, String title, String expected) {
        page.setContent("<title>" + title + "</title>");
        assertEquals(expected, page.title());
    }
}
