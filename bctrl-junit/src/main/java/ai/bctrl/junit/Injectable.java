package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.Run;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What a parameter can be. */
enum Injectable {
    PAGE(Page.class),
    CONTEXT(BrowserContext.class),
    BROWSER(Browser.class),
    SESSION(BrowserSession.class),
    LEASE(RuntimeLease.class),
    LIVE_VIEW(LiveView.class),
    RUN(Run.class),
    CLIENT(BctrlClient.class);

    private final Class<?> type;

    Injectable(Class<?> type) {
        this.type = type;
    }

    static @Nullable Injectable of(Class<?> type) {
        for (Injectable injectable : values()) {
            if (injectable.type == type) {
                return injectable;
            }
        }
        return null;
    }

    /** {@return whether it needs a browser, and so a scope that allows one} */
    boolean needsBrowser() {
        return this != CLIENT;
    }

    Object value(TestBrowser browser) {
        return switch (this) {
            case PAGE -> browser.session().page();
            case CONTEXT -> browser.session().context();
            case BROWSER -> browser.session().browser();
            case SESSION -> browser.session();
            case LEASE -> browser.session().lease();
            case LIVE_VIEW -> LiveLink.ask(browser.session().lease());
            case RUN -> run(browser);
            case CLIENT -> client(browser);
        };
    }

    private static Run run(TestBrowser browser) {
        String runId = browser.session().lease().runId();
        if (runId == null) {
            throw new ParameterResolutionException(
                    "There is no Run to inject: the provider of the browsers keeps no record of runs");
        }
        return client(browser).runs().get(runId);
    }

    private static BctrlClient client(TestBrowser browser) {
        BctrlClient client = browser.client();
        if (client == null) {
            throw new ParameterResolutionException(
                    "There is no BctrlClient to inject: the browsers of this run come from no API");
        }
        return client;
    }
}
