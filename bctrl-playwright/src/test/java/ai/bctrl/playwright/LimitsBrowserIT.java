package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.bctrl.BctrlClient;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A test whose browser was ended by a limit is told by which. */
@Timeout(120)
class LimitsBrowserIT {
    private interface Work {
        void with(ApiRuntimeProvider provider);
    }

    private static void serve(UnaryOperator<LocalOptions.Builder> settings, Work work) {
        try (LocalBctrl local =
                        LocalBctrl.start(settings.apply(PlaneOptions.builder()).build());
                BctrlClient client = BctrlClient.builder()
                        .apiKey(local.apiKey())
                        .baseUrl(local.baseUrl())
                        .build()) {
            work.with(ApiRuntimeProvider.of(client));
        }
    }

    @Test
    void namesTheLifetimeInTheMiddleOfATest() {
        serve(options -> options.maxLifetime(Duration.ofSeconds(12)), provider -> {
            try (BctrlPlaywright playwright = BctrlPlaywright.create(provider)) {
                BrowserSession session = playwright.open(RuntimeSpec.defaults());
                Page page = session.page();
                Throwable failure = catchThrowable(() -> page.waitForSelector("#never"));
                assertThat(failure).isInstanceOf(PlaywrightException.class);
                assertThat(session.explain(failure))
                        .isInstanceOf(BrowserExpiredException.class)
                        .hasMessageContaining("stopped because it had lived for 12 s (maxLifetime)");
                session.close();
            }
        });
    }

    @Test
    void namesTheIdleTimeWhereABrowserWaitedTooLongForItsTest() {
        serve(options -> options.idleTimeout(Duration.ofSeconds(1)), provider -> {
            RuntimeLease lease = provider.acquire(RuntimeSpec.defaults());
            long idle = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            while (System.nanoTime() < idle) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            try (BctrlPlaywright playwright = BctrlPlaywright.create(spec -> lease)) {
                assertThat(catchThrowable(() -> playwright.open(RuntimeSpec.defaults())))
                        .isInstanceOf(BrowserExpiredException.class)
                        .hasMessageContaining("stopped because it was idle for 1 s (idleTimeout)");
            }
        });
    }
}
