package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.Run;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What a parameter can be. */
enum Injectable {
    PAGE(Page.class, browser -> browser.session().page()),
    CONTEXT(BrowserContext.class, browser -> browser.session().context()),
    BROWSER(Browser.class, browser -> browser.session().browser()),
    SESSION(BrowserSession.class, TestBrowser::session),
    LEASE(RuntimeLease.class, browser -> browser.session().lease()),
    RUN(Run.class, Injectable::run),
    CLIENT(BctrlClient.class, Injectable::client);

    private final Class<?> type;
    private final Function<TestBrowser, Object> value;

    Injectable(Class<?> type, Function<TestBrowser, Object> value) {
        this.type = type;
        this.value = value;
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
        return value.apply(browser);
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
