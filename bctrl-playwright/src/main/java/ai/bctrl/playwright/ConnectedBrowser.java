package ai.bctrl.playwright;

import ai.bctrl.runtime.PhaseTimes;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A browser with Playwright connected to it. Of one thread at a time.
 *
 * @param leased the browser
 * @param firstPage what was opened on it already, or null
 * @param phases how long it took to get this far
 */
record ConnectedBrowser(LeasedBrowser leased, @Nullable FirstPage firstPage, PhaseTimes phases) {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

    /** A browser that hangs since then would not be found out by its connection. */
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    /** A context and its only page. */
    record FirstPage(BrowserContext context, Page page) {}

    /** {@return the same browser with a context and a page} */
    ConnectedBrowser withPage(SessionOptions options) {
        FirstPage opened = leased.within(options.connectTimeout(), "opening a page", () -> {
            Browser.NewContextOptions contextOptions = new Browser.NewContextOptions();
            options.contextOptions().accept(contextOptions);
            BrowserContext context = leased.browser().newContext(contextOptions);
            return new FirstPage(context, context.newPage());
        });
        return new ConnectedBrowser(leased, opened, phases);
    }

    /**
     * {@return whether it is alive; to find that out takes a few milliseconds, and 5 s at most}
     *
     * @param idle how long ago it did something
     */
    boolean isAlive(Duration idle) {
        try {
            return leased.within(SIGN_OF_LIFE, "asking for a sign of life", () -> {
                if (firstPage == null) {
                    leased.browser().newContext().close();
                } else if (idle.compareTo(JUST_NOW) > 0) {
                    firstPage.page().evaluate("1");
                } else {
                    // Asks the driver only, which knows by now if the connection is lost.
                    firstPage.page().clearPageErrors();
                }
                return leased.isConnected();
            });
        } catch (RuntimeException dead) {
            return false;
        }
    }
}
