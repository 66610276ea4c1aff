package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.junit.internal.evidence.TestName;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.playwright.SessionOptions;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeSpec;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The browser of one test, or of the hooks of one class; opened when it is first asked for. Of one thread at a time.
 */
final class TestBrowser implements AutoCloseable {
    private static final Duration DISCARD_LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 100;

    private final TestName test;
    private final BrowserRequest request;
    private final BctrlSettings settings;
    private final RunResources run;
    private final @Nullable SharedBrowser shared;
    private final boolean ofWholeClass;
    private @Nullable BrowserSession session;
    private @Nullable Duration body;
    private @Nullable Duration collecting;
    private boolean inTurn;

    TestBrowser(
            TestName test,
            BrowserRequest request,
            BctrlSettings settings,
            RunResources run,
            @Nullable SharedBrowser shared,
            boolean ofWholeClass) {
        this.test = test;
        this.request = request;
        this.settings = settings;
        this.run = run;
        this.shared = shared;
        this.ofWholeClass = ofWholeClass;
    }

    /** Opens a session as the request and the settings want it. */
    static BrowserSession open(TestName test, BrowserRequest request, BctrlSettings settings, RunResources run) {
        BrowserSpec spec = request.newSpec();
        String name = test.shortName();
        RuntimeSpec.Builder runtime =
                request.runtime(settings, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
        spec.runtime(runtime);
        runtime.metadata(RunResources.RUN_TAG, run.name()).metadata("bctrlTest", name);
        SessionOptions options = SessionOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .contextOptions(context -> contextOptions(request, spec, context))
                .onContext(context -> startTrace(settings, name, context))
                .build();
        return run.open(runtime.build(), options);
    }

    private static void contextOptions(BrowserRequest request, BrowserSpec spec, Browser.NewContextOptions options) {
        if (request.locale() != null) {
            options.setLocale(request.locale());
        }
        spec.context(options);
    }

    private static void startTrace(BctrlSettings settings, String title, BrowserContext context) {
        if (keepsTrace(settings)) {
            // Pictures would cost half as much again as the test itself; snapshots show the same in the viewer.
            context.tracing()
                    .start(new Tracing.StartOptions()
                            .setTitle(title)
                            .setSnapshots(true)
                            .setScreenshots(false)
                            .setSources(false));
        }
    }

    private static boolean keepsTrace(BctrlSettings settings) {
        return settings.trace() && settings.evidence() == EvidenceMode.ON_FAILURE;
    }

    TestName test() {
        return test;
    }

    BctrlSettings settings() {
        return settings;
    }

    /** {@return the session; opens it the first time} */
    BrowserSession session() {
        takeTurn();
        BrowserSession opened = session;
        if (opened == null) {
            if (shared == null) {
                opened = open(test, request, settings, run);
            } else {
                BrowserSession ofClass = shared.session();
                opened = ofWholeClass ? ofClass : ofClass.fork();
            }
            session = opened;
        }
        return opened;
    }

    /** {@return the session, or null if nobody asked for it} */
    @Nullable
    BrowserSession openSession() {
        return session;
    }

    @Nullable
    BctrlClient client() {
        return run.client();
    }

    RunResources run() {
        return run;
    }

    /** Waits until no other test uses a shared browser. Keeps the turn until {@link #endTurn()} or {@link #close()}. */
    void takeTurn() {
        if (shared != null && !inTurn) {
            shared.takeTurn(test.shortName());
            inTurn = true;
        }
    }

    void endTurn() {
        if (shared != null && inTurn) {
            inTurn = false;
            shared.endTurn();
        }
    }

    /** Notes that objects of a shared browser may be in fields that every test of the class sees. */
    void handToClass() {
        if (shared != null) {
            shared.handToClass();
        }
    }

    /** {@return whether the class holds objects of a shared browser} */
    boolean isHandedToClass() {
        return shared != null && shared.isHandedToClass();
    }

    void bodyTook(Duration duration) {
        body = duration;
    }

    @Nullable
    Duration body() {
        return body;
    }

    void collectingTook(Duration duration) {
        collecting = duration;
    }

    boolean isCollected() {
        return collecting != null;
    }

    boolean isTraced() {
        return keepsTrace(settings) && session != null && session.hasContext();
    }

    /** {@return how long the steps took so far} */
    PhaseTimes phases() {
        PhaseTimes phases = session == null ? PhaseTimes.none() : session.phases();
        if (body != null) {
            phases = phases.plus("body", body);
        }
        return collecting == null ? phases : phases.plus("collect", collecting);
    }

    @Override
    public void close() {
        BrowserSession opened = session;
        try {
            if (opened != null && !ofWholeClass) {
                takeTurn();
                discardTrace(opened);
                opened.close();
            }
        } finally {
            endTurn();
        }
    }

    /** Tells the driver, which serves other tests after this one, to forget the trace. */
    private void discardTrace(BrowserSession opened) {
        if (!isTraced() || isCollected() || !opened.browser().isConnected()) {
            return;
        }
        try {
            opened.within(DISCARD_LIMIT, "discarding the trace", () -> {
                opened.context().tracing().stop();
                return opened;
            });
        } catch (PlaywrightException | ai.bctrl.playwright.BrowserConnectException nothingToDiscard) {
            // The test stopped it itself, or the browser is gone.
        }
    }
}
