package ai.bctrl.playwright;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.ApiError;
import ai.bctrl.error.CapacityException;
import ai.bctrl.playwright.ChromiumProvider.ChromiumLease;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PreparedBrowserIT {
    private static final RuntimeSpec SPEC = RuntimeSpec.defaults();
    private static final SessionOptions OPTIONS = SessionOptions.defaults();

    private final ChromiumProvider browsers = new ChromiumProvider();
    private final List<RuntimeSpec> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> refusal = new AtomicReference<>();
    private final RuntimeProvider provider = this::acquire;
    private final BctrlPlaywright playwright = BctrlPlaywright.create(provider);

    private RuntimeLease acquire(RuntimeSpec spec) {
        asked.add(spec);
        RuntimeException refused = refusal.get();
        if (refused != null) {
            throw refused;
        }
        return browsers.acquire(spec);
    }

    @AfterEach
    void nothingIsLeft() {
        playwright.close();
        assertThat(browsers.everyLeaseIsClosed()).isTrue();
    }

    private static CapacityException full() {
        return new CapacityException(
                new ApiError("POST", "/v1/spaces/a/runtimes", 429, "capacity.waiting", "full", null, Map.of(), null));
    }

    private static void until(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within 60 s: " + what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private BrowserSession prepared() {
        return requireNonNull(playwright.openPrepared(SPEC, OPTIONS));
    }

    @Test
    void aPreparedBrowserIsOpenedOnceWithItsContextAndPage() {
        playwright.prepare(SPEC, OPTIONS, true, 1);
        try (BrowserSession session = prepared()) {
            assertThat(session.page().context()).isSameAs(session.context());
            session.page().navigate("data:text/html,<title>ready</title>");
            assertThat(session.page().title()).isEqualTo("ready");
            assertThat(session.browser().contexts()).contains(session.context());
            assertThat(playwright.openPrepared(SPEC, OPTIONS)).isNull();

            session.renew();
            assertThat(session.page().url()).isEqualTo("about:blank");
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void preparesAsManyAsAreMissingAndNoneForAnotherSpec() {
        playwright.prepare(SPEC, OPTIONS, false, 1);
        playwright.prepare(SPEC, OPTIONS, false, 2);
        playwright.prepare(SPEC, OPTIONS, false, 0);
        RuntimeSpec other = RuntimeSpec.builder().metadata("suite", "b").build();
        assertThat(playwright.openPrepared(other, OPTIONS)).isNull();
        try (BrowserSession one = prepared();
                BrowserSession two = prepared()) {
            assertThat(one.lease()).isNotSameAs(two.lease());
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void aBrowserThatDiedWhileItWaitedIsNotHandedOut() throws Exception {
        playwright.prepare(SPEC, OPTIONS, true, 1);
        until("a page", () -> browsers.leases.size() == 1);
        try (BrowserSession first = prepared()) {
            // Ready by now, as the first one was.
            playwright.prepare(SPEC, OPTIONS, true, 1);
            until("the second", () -> browsers.leases.size() == 2);
            ChromiumLease second = browsers.leases.stream().skip(1).findFirst().orElseThrow();
            second.process.destroyForcibly().waitFor();
            assertThat(openedNow()).isNull();
            assertThat(first.page().url()).isEqualTo("about:blank");
        }
    }

    @Test
    void whatIsWantedNowGoesBeforeWhatIsReady() {
        playwright.prepare(SPEC, OPTIONS, false, 1);
        until("a lease", () -> browsers.leases.size() == 1);
        RuntimeSpec other = RuntimeSpec.builder().metadata("suite", "b").build();
        CapacityException full = full();
        refusal.set(full);
        assertThatThrownBy(() -> playwright.open(other, OPTIONS)).isSameAs(full);

        until("the prepared one is given back", browsers::everyLeaseIsClosed);
        assertThat(asked.stream().map(RuntimeSpec::queueTimeout))
                .containsExactly(Duration.ZERO, Duration.ZERO, other.queueTimeout());
    }

    @Test
    void aPlaceThatIsNotThereIsNoFailure() {
        refusal.set(full());
        playwright.prepare(SPEC, OPTIONS, true, 1);
        assertThat(playwright.openPrepared(SPEC, OPTIONS)).isNull();
    }

    /** One that died while it was still being made is told of, one that died later there is not. */
    private @Nullable BrowserSession openedNow() {
        try {
            return playwright.openPrepared(SPEC, OPTIONS);
        } catch (BrowserConnectException diedEarly) {
            return null;
        }
    }

    @Test
    void aFailureWhileItWasMadeIsToldToWhoeverHasClaimedIt() {
        IllegalStateException broken = new IllegalStateException("no browser here");
        PreparedBrowser browser = new PreparedBrowser(
                SPEC,
                () -> {
                    throw broken;
                },
                Duration.ofSeconds(30),
                () -> {});
        assertThat(browser.claim()).isTrue();
        assertThat(browser.claim()).isFalse();
        browser.run();
        assertThatThrownBy(() -> browser.await(Duration.ofSeconds(10))).isSameAs(broken);
    }
}
