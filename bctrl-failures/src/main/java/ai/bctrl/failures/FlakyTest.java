package ai.bctrl.failures;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.FailureOrigin;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Fails at the first attempt of a build and passes at the second. */
@BctrlBrowser
class FlakyTest {
    @Test
    @Expect(origin = FailureOrigin.TEST_ERROR)
    void passesAtTheSecondAttempt(Page page) throws IOException {
        page.setContent("<h1>Again</h1>");
        try {
            Files.createFile(Path.of("target", "flaky-was-here"));
        } catch (FileAlreadyExistsException second) {
            return;
        }
        throw new IllegalStateException("this is the first attempt");
    }
}
