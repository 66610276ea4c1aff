package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.Uninterrupted;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A leased browser with Playwright connected to it: the lease, the browser, one context and one page.
 *
 * <pre>{@code
 * try (BrowserSession session = playwright.open(RuntimeSpec.defaults())) {
 *     session.page().navigate("https://example.com/");
 * }
 * }</pre>
 *
 * <p>The context is a fresh one; only where the lease is on a browser profile it is the profile's own. Context and page
 * are opened when they are first asked for.
 *
 * <p>Not thread-safe, as all of Playwright: use from one thread at a time; {@link #lease()} and {@link #cut()} may be
 * used from any. Whoever opened it closes it.
 */
public final class BrowserSession implements AutoCloseable {
    private static final Duration CONTEXT_CLOSE_LIMIT = Duration.ofSeconds(10);

    private final LeasedBrowser leased;
    private final SessionOptions options;
    private final boolean owner;
    private final boolean onProfile;
    private final Consumer<BrowserSession> whenClosed;
    private @Nullable BrowserContext context;
    private @Nullable Page page;
    private ConnectedBrowser.@Nullable FirstPage firstPage;
    private PhaseTimes phases;
    private boolean closed;

    /** A session that owns its browser. */
    BrowserSession(
            ConnectedBrowser browser, SessionOptions options, boolean onProfile, Consumer<BrowserSession> whenClosed) {
        this(browser.leased(), options, true, onProfile, browser.phases(), browser.firstPage(), whenClosed);
    }

    private BrowserSession(
            LeasedBrowser leased,
            SessionOptions options,
            boolean owner,
            boolean onProfile,
            PhaseTimes phases,
            ConnectedBrowser.@Nullable FirstPage firstPage,
            Consumer<BrowserSession> whenClosed) {
        this.firstPage = firstPage;
        this.leased = leased;
        this.options = options;
        this.owner = owner;
        this.onProfile = onProfile;
        this.phases = phases;
        this.whenClosed = whenClosed;
    }

    /** {@return the lease on the browser} */
    public RuntimeLease lease() {
        return leased.lease();
    }

    /** {@return the connected browser} */
    public Browser browser() {
        return leased.browser();
    }

    /**
     * Returns the context of this session; opens it the first time.
     *
     * @throws BrowserConnectException if the browser is gone or does not answer in time
     */
    public BrowserContext context() {
        BrowserContext opened = context;
        if (opened == null) {
            opened = timed("context", "opening a context", this::openContext);
        }
        return opened;
    }

    /**
     * Returns the page of this session; opens it the first time.
     *
     * @throws BrowserConnectException if the browser is gone or does not answer in time
     */
    public Page page() {
        Page opened = page;
        if (opened == null) {
            BrowserContext own = context();
            opened = timed("page", "opening a page", () -> openPage(own));
            page = opened;
        }
        return opened;
    }

    /** {@return whether {@link #context()} was opened already} */
    public boolean hasContext() {
        return context != null;
    }

    /** {@return how long the steps took so far: those of the lease, then connect, context, page} */
    public PhaseTimes phases() {
        return phases;
    }

    /**
     * Closes the context and its pages; {@link #context()} and {@link #page()} then open new ones. The context of a
     * browser profile stays, only its page is closed.
     */
    public void renew() {
        requireOpen();
        Failures failures = new Failures();
        closeContext(failures);
        failures.rethrow();
    }

    /**
     * Opens a further session on the same browser with a context of its own. Closing it closes that context only. Shares
     * the thread with this session.
     */
    public BrowserSession fork() {
        return fork(options);
    }

    /** As {@link #fork()}, with options of its own for the context and the page. */
    public BrowserSession fork(SessionOptions ownOptions) {
        requireOpen();
        return new BrowserSession(leased, ownOptions, false, onProfile, PhaseTimes.none(), null, closedFork -> {});
    }

    /**
     * Tells whether the browser is the reason of a failure of something that used it. Asks the lease, and so may make
     * requests with a deadline of a few seconds.
     *
     * @return an exception that says what happened to the browser, with the failure as its cause, or null if the browser
     *     is all right
     */
    public @Nullable BrowserConnectException explain(Throwable failure) {
        return failure instanceof BrowserConnectException
                ? null
                : leased.diagnosis().ofUsing(failure, leased.isConnected());
    }

    /**
     * {@return the directory in which Playwright's driver keeps traces and downloads of this browser while it records them;
     * it outlives the browser and is removed by {@link #close()} of the session that leased it}
     */
    public Path artifactsDirectory() {
        return leased.artifactsDirectory();
    }

    /** {@return the text without the secrets of the browser's address} */
    public String redact(String text) {
        return leased.address().redact(text);
    }

    /**
     * Does something as a named step: the trace shows the calls within as a group, and the run, its live view and its recording
     * show when it began and ended. Steps may be nested.
     *
     * <pre>{@code
     * session.step("add to basket", () -> page.getByText("Buy").click());
     * }</pre>
     *
     * @param name what people read
     * @param work what is done; what it throws is thrown on
     */
    public void step(String name, Runnable work) {
        this.<@Nullable Object>step(name, () -> {
            work.run();
            return null;
        });
    }

    /**
     * Does something as a named step, as {@link #step(String, Runnable)} does.
     *
     * @return what the work returned
     */
    public <T extends @Nullable Object> T step(String name, Supplier<T> work) {
        Step step = Step.start(name, lease(), context);
        try {
            T result = work.get();
            step.end(null);
            return result;
        } catch (RuntimeException | Error failure) {
            step.end(failure);
            throw failure;
        }
    }

    /**
     * Runs something that uses the browser, on this thread. When it takes too long the connection is cut: what it waits
     * for fails, and of the session only {@link #close()} is useful any more.
     *
     * @param limit how long it may take
     * @param what what it does, for the message, for example {@code taking a screenshot}
     * @throws BrowserConnectException if it took too long, or failed because the browser is gone
     */
    public <T> T within(Duration limit, String what, Supplier<T> work) {
        return leased.within(limit, what, work);
    }

    /** Cuts the connection at once; what waits for the browser on another thread fails. {@link #close()} stays due. */
    public void cut() {
        leased.cut();
    }

    /**
     * Closes the context with its pages, the connection and the lease. A step runs even if one before it failed. Does
     * nothing the second time.
     *
     * @throws BctrlException if the service did not confirm that the browser is stopped
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Failures failures = new Failures();
        Uninterrupted.run(() -> {
            closeContext(failures);
            if (owner) {
                leased.close(failures);
            }
        });
        failures.run(() -> whenClosed.accept(this));
        failures.rethrow();
    }

    void closeFromOutside(Failures failures) {
        leased.closeFromOutside(failures);
    }

    private BrowserContext openContext() {
        if (firstPage != null) {
            return announced(firstPage.context());
        }
        if (onProfile) {
            List<BrowserContext> contexts = browser().contexts();
            if (!contexts.isEmpty()) {
                return announced(contexts.get(0));
            }
        }
        Browser.NewContextOptions contextOptions = new Browser.NewContextOptions();
        options.contextOptions().accept(contextOptions);
        return announced(browser().newContext(contextOptions));
    }

    private BrowserContext announced(BrowserContext opened) {
        context = opened;
        options.onContext().accept(opened);
        return opened;
    }

    private Page openPage(BrowserContext own) {
        if (firstPage != null && firstPage.context() == own) {
            return firstPage.page();
        }
        if (onProfile && owner && !own.pages().isEmpty()) {
            return own.pages().get(0);
        }
        return own.newPage();
    }

    private <T> T timed(String phase, String what, Supplier<T> work) {
        requireOpen();
        long start = System.nanoTime();
        T result = leased.within(options.connectTimeout(), what, work);
        phases = phases.plus(phase, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private void closeContext(Failures failures) {
        BrowserContext ownContext = context;
        Page ownPage = page;
        context = null;
        page = null;
        firstPage = null;
        if (leased.isClosed() || !leased.isConnected()) {
            return;
        }
        // Closing a context closes its pages; the profile's context is closed by disconnecting.
        if (ownContext != null && !onProfile) {
            failures.run(() -> close("closing a context", ownContext::close));
        } else if (ownPage != null && !owner) {
            failures.run(() -> close("closing a page", ownPage::close));
        }
    }

    private void close(String what, Runnable step) {
        try {
            leased.within(CONTEXT_CLOSE_LIMIT, what, () -> {
                step.run();
                return what;
            });
        } catch (BrowserTimeoutException late) {
            throw late;
        } catch (PlaywrightException | BrowserConnectException failure) {
            // With the browser gone there is nothing left to close, and the lease tells what happened.
            if (leased.isConnected()) {
                throw new BctrlException(what + " failed: " + redact(String.valueOf(failure.getMessage())), failure);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new BctrlException("The browser session is closed");
        }
    }
}
