package ai.bctrl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.Run;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Who is given what. */
final class InjectionLifecycles {
    private InjectionLifecycles() {}

    static List<Lifecycle> all() {
        return List.of(
                Lifecycle.of(
                        "Injection",
                        "all injected types belong to one browser",
                        run -> run.of(AllTypes.class).passed(1).browsers(1)),
                Lifecycle.of(
                        "Injection",
                        "constructor, @BeforeEach, test and @AfterEach get the same page, which is open to the last",
                        run -> run.of(AllPlaces.class).passed(1).browsers(1)),
                Lifecycle.of(
                        "Injection",
                        "other resolvers work beside it",
                        run -> run.of(OtherResolvers.class).passed(1).browsers(1)),
                Lifecycle.of("Injection", "a test that asks for nothing starts nothing", run -> {
                    String newest = run.controlPlane().newestRun();
                    run.of(Lazy.class).passed(1).browsers(0);
                    assertThat(run.controlPlane().newestRun()).isEqualTo(newest);
                }));
    }

    @BctrlBrowser
    static class AllTypes {
        @Test
        void test(
                Page page,
                BrowserContext context,
                Browser browser,
                BrowserSession session,
                RuntimeLease lease,
                LiveView live,
                Run run,
                BctrlClient client) {
            assertThat(page.context()).isSameAs(context);
            assertThat(context.browser()).isSameAs(browser);
            assertThat(session.page()).isSameAs(page);
            assertThat(session.lease()).isSameAs(lease);
            assertThat(live.iframeUrl()).startsWith(client.origin());
            assertThat(client.runs().get(run.id()).runtimeId()).isEqualTo(lease.runtimeId());
        }
    }

    @BctrlBrowser
    static class AllPlaces {
        private final Page page;

        AllPlaces(Page page) {
            this.page = page;
        }

        @BeforeEach
        void before(Page same) {
            assertThat(same).isSameAs(page);
        }

        @Test
        void test(Page same) {
            assertThat(same).isSameAs(page);
        }

        @AfterEach
        void after(Page same) {
            assertThat(same).isSameAs(page);
            assertThat(same.evaluate("1 + 1")).isEqualTo(2);
        }
    }

    @BctrlBrowser
    static class OtherResolvers {
        @Test
        void test(TestInfo info, Page page, @TempDir Path directory) {
            assertThat(info.getDisplayName()).startsWith("test(");
            assertThat(directory).isDirectory();
            assertThat(page.isClosed()).isFalse();
        }
    }

    @BctrlBrowser
    static class Lazy {
        @Test
        void test() {}
    }
}
