package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.junit.internal.evidence.AttemptDirectory;
import ai.bctrl.junit.internal.evidence.ContextRecording;
import ai.bctrl.junit.internal.evidence.EvidencePlan;
import ai.bctrl.junit.internal.evidence.FailureOrigins;
import ai.bctrl.junit.internal.evidence.Place;
import ai.bctrl.junit.internal.evidence.TestName;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.PhaseTimes;
import com.microsoft.playwright.BrowserContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The browser of one test, or of the hooks of one class; opened when it is first asked for. Of one thread at a time.
 */
final class TestBrowser implements AutoCloseable {
    private final TestName owner;
    private final BrowserRequest request;
    private final BctrlSettings settings;
    private final RunResources run;
    private final BrowserOpening opening;
    private final @Nullable SharedBrowser shared;
    private final boolean ofWholeClass;
    private final TestOutcome outcome;
    private final BodyThread bodyThread = new BodyThread();
    private TestName test;
    private RunningAttempt attempt = new RunningAttempt();
    private EvidencePlan plan;
    private ContextRecording recording;
    private @Nullable BrowserSession session;
    private @Nullable Duration release;
    private boolean retried;
    private boolean hadDynamicTests;
    private boolean inTurn;

    TestBrowser(
            TestName test,
            BrowserRequest request,
            BctrlSettings settings,
            RunResources run,
            @Nullable SharedBrowser shared,
            boolean ofWholeClass,
            TestOutcome outcome) {
        this.owner = test;
        this.test = test;
        this.request = request;
        this.settings = settings;
        this.run = run;
        this.opening = new BrowserOpening(request, settings, run);
        this.shared = shared;
        this.ofWholeClass = ofWholeClass;
        this.outcome = outcome;
        this.plan = plan();
        this.recording = new ContextRecording(plan, test.shortName());
    }

    /** A test that failed before in this run is looked at more closely. */
    private EvidencePlan plan() {
        EvidencePlan asked = request.evidence(settings);
        return AttemptDirectory.exists(run.directory().path(), test) ? asked.ofRerun() : asked;
    }

    private void record(BrowserContext context) {
        BrowserSession own = session;
        if (own != null) {
            recording.start(context, own.artifactsDirectory());
        }
    }

    TestName test() {
        return test;
    }

    BctrlSettings settings() {
        return settings;
    }

    EvidencePlan evidence() {
        return plan;
    }

    ContextRecording recording() {
        return recording;
    }

    BodyThread bodyThread() {
        return bodyThread;
    }

    /** {@return the session; opens it the first time} */
    BrowserSession session() {
        takeTurn();
        BrowserSession opened = session;
        if (opened == null) {
            opened = openNow();
            session = opened;
        }
        return opened;
    }

    private BrowserSession openNow() {
        try {
            return openOnce();
        } catch (RuntimeException failure) {
            FailureOrigin origin = FailureOrigins.of(failure, Place.EXTENSION);
            if (settings.onInfrastructureFailure() != InfrastructureFailure.RETRY_ONCE
                    || !origin.isInfrastructure()
                    || retried) {
                throw failure;
            }
            retried = true;
            return openOnce();
        }
    }

    private BrowserSession openOnce() {
        if (shared == null) {
            BrowserSession own = opening.open(test, this::record);
            outcome.publishLink(LiveLink.of(settings.live(), System.out).tell(test.shortName(), own.lease()));
            return own;
        }
        BrowserSession ofClass = shared.session();
        outcome.publishLink(shared.liveLink());
        if (ofWholeClass) {
            recording = shared.recording();
            return ofClass;
        }
        RunMarkers.started(ofClass.lease(), test, run.directory().path());
        return ofClass.fork(opening.options(this::record));
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

    /** {@return what is known of the attempt that is under way} */
    RunningAttempt attempt() {
        return attempt;
    }

    /** {@return how long the steps took so far} */
    PhaseTimes phases() {
        PhaseTimes phases = session == null ? PhaseTimes.none() : session.phases();
        phases = attempt.addTo(phases);
        return release == null ? phases : phases.plus("release", release);
    }

    /** Begins a dynamic test, which uses the browser of its factory. */
    void begin(String uniqueId, String displayName) {
        hadDynamicTests = true;
        test = owner.dynamicTest(uniqueId, displayName);
        attempt = new RunningAttempt();
        plan = plan();
        if (session != null) {
            RunMarkers.started(session.lease(), test, run.directory().path());
        }
    }

    /** Ends a dynamic test; the factory, and the tests that follow, go on with the browser. */
    void end(@Nullable Throwable failure) {
        tellEnd(failure);
        test = owner;
        attempt = new RunningAttempt();
        plan = plan();
        BrowserSession own = session;
        if (own != null && own.browser().isConnected()) {
            recording.restart();
        }
    }

    /** {@return whether this is a factory whose tests have had their own say} */
    boolean hadDynamicTests() {
        return hadDynamicTests && test.equals(owner);
    }

    /** {@return whether the test may be repeated once, after a failure that is not its own} */
    boolean mayRetry() {
        return settings.onInfrastructureFailure() == InfrastructureFailure.RETRY_ONCE && shared == null && !retried;
    }

    /** Gives the browser back and forgets everything of this attempt; the next one begins with a fresh browser. */
    void startOver(Throwable failure) {
        retried = true;
        tellEnd(failure);
        try {
            release();
        } catch (RuntimeException stillThere) {
            // The service ends it by its clock; what counts is the next attempt.
            System.getLogger("ai.bctrl.junit")
                    .log(System.Logger.Level.DEBUG, "bctrl: the first browser was not given back: {0}", stillThere);
        }
        outcome.log(this, failure);
        session = null;
        release = null;
        attempt = new RunningAttempt();
        plan = plan();
        recording = new ContextRecording(plan, test.shortName());
    }

    private void release() {
        BrowserSession opened = session;
        long started = System.nanoTime();
        try {
            if (opened != null && !ofWholeClass) {
                takeTurn();
                if (outcome.failure() == null && bodyThread.isFree()) {
                    recording.discard(opened);
                }
                opened.close();
            }
        } finally {
            release = opened == null ? null : Duration.ofNanos(System.nanoTime() - started);
        }
    }

    @Override
    public void close() {
        try {
            outcome.settle(this);
        } finally {
            giveBack();
        }
    }

    private void tellEnd(@Nullable Throwable failure) {
        if (session != null && !ofWholeClass) {
            RunMarkers.finished(session.lease(), failure);
        }
    }

    private void giveBack() {
        Throwable failure = outcome.failure();
        try {
            if (!hadDynamicTests()) {
                tellEnd(failure);
            }
            release();
        } catch (RuntimeException stillThere) {
            // To JUnit the test has failed of it.
            failure = failure == null ? stillThere : failure;
            throw stillThere;
        } finally {
            endTurn();
            outcome.log(this, failure);
        }
    }
}
