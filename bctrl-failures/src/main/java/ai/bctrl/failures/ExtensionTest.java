package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails in another extension, whose turn comes after ours. */
@ExtendWith(ExtensionTest.Strict.class)
@BctrlBrowser
class ExtensionTest {
    @Test
    @Expect(origin = FailureOrigin.APPLICATION_ASSERTION, place = "extension")
    void passes(Page page) {
        page.setContent("<h1>Strict</h1>");
    }

    /** Is never content. */
    static final class Strict implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext context) {
            throw new AssertionError("a soft assertion failed");
        }
    }
}
