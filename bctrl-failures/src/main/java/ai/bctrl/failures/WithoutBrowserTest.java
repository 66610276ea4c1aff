package ai.bctrl.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.bctrl.junit.BctrlBrowser;
import org.junit.jupiter.api.Test;

/** Asks for no browser, so there is nothing to keep. */
@BctrlBrowser
class WithoutBrowserTest {
    @Test
    void fails() {
        assertEquals(8, Integer.parseInt("7"));
    }
}
