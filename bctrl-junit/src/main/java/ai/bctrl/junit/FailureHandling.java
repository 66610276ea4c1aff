package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.junit.internal.evidence.Attempt;
import ai.bctrl.junit.internal.evidence.Collected;
import ai.bctrl.junit.internal.evidence.EvidenceCollector;
import ai.bctrl.junit.internal.evidence.Failure;
import ai.bctrl.junit.internal.evidence.FailureMessage;
import ai.bctrl.junit.internal.evidence.FailureNote;
import ai.bctrl.junit.internal.evidence.FailureOrigins;
import ai.bctrl.junit.internal.evidence.Place;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import ai.bctrl.playwright.BrowserConnectException;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.Uninterrupted;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What happens when a test fails. Nothing here ever hides the failure itself. Stateless. */
final class FailureHandling {
    private FailureHandling() {}

    /**
     * Finds out what is at fault, keeps the evidence once for each attempt, and tells it in the failure.
     *
     * @return what to throw: the same, or the same with more to tell, or what happened to the browser
     */
    static Throwable handle(@Nullable TestBrowser browser, Throwable failure, Place place) {
        if (browser == null || browser.attempt().isCollected()) {
            return failure;
        }
        if (failure instanceof TestAbortedException) {
            Throwable turned = browser.attempt().bodyFailure();
            if (turned != null) {
                keepOfTurned(browser, turned, failure);
            }
            return failure;
        }
        // An interrupted thread could not collect anything.
        boolean interrupted = Thread.interrupted();
        try {
            Throwable explained = explained(browser, failure);
            FailureOrigin origin = FailureOrigins.of(explained, place);
            Throwable told = collect(browser, new Failure(explained, place, origin));
            return origin.isInfrastructure()
                            && browser.settings().onInfrastructureFailure() == InfrastructureFailure.ABORT
                    ? new TestAbortedException("Not the test's fault: " + told.getMessage(), told)
                    : told;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Another extension wants the test to be repeated, and has turned its failure into an abortion. */
    private static void keepOfTurned(TestBrowser browser, Throwable turned, Throwable into) {
        Throwable explained = explained(browser, turned);
        Throwable unused =
                collect(browser, new Failure(explained, Place.BODY, FailureOrigins.of(explained, Place.BODY)));
        Collected collected = browser.attempt().kept();
        if (collected != null) {
            into.addSuppressed(FailureNote.of(collected));
        }
    }

    /** Keeps the evidence of a failure that cannot be replaced any more, and adds to it where that is. */
    static void add(TestBrowser browser, Throwable failure, Place place) {
        if (failure instanceof TestAbortedException || browser.attempt().isCollected()) {
            return;
        }
        FailureOrigin origin = FailureOrigins.of(failure, place);
        Throwable told = collect(browser, new Failure(failure, place, origin));
        Collected collected = browser.attempt().kept();
        if (told != failure && collected != null) {
            failure.addSuppressed(FailureNote.of(collected));
        }
    }

    private static Throwable explained(TestBrowser browser, Throwable failure) {
        BrowserSession session = browser.openSession();
        BrowserConnectException told = session == null ? null : session.explain(failure);
        return told == null ? failure : told;
    }

    private static Throwable collect(TestBrowser browser, Failure failure) {
        BrowserSession session = browser.openSession();
        if (session == null || !browser.attempt().startTelling()) {
            return Uninterrupted.call(() -> kept(browser, failure));
        }
        String message = firstLine(browser, failure.thrown());
        RunMarkers.failed(session.lease(), message, failure.origin().label());
        Throwable told = Uninterrupted.call(() -> kept(browser, failure));
        HoldOnFailure hold = HoldOnFailure.of(
                browser.settings().live(),
                System.getenv(),
                browser.run().directory().path(),
                System.out);
        if (hold != null && session.browser().isConnected()) {
            hold.hold(
                    browser.test().shortName(),
                    message,
                    session,
                    new HeldRun(client(browser), session.lease().runId()));
        }
        return told;
    }

    private static String firstLine(TestBrowser browser, Throwable failure) {
        return redaction(browser)
                .text(failure.toString().strip().lines().findFirst().orElse(""));
    }

    private static Throwable kept(TestBrowser browser, Failure failure) {
        Throwable thrown = failure.thrown();
        if (browser.evidence().kept(true).isEmpty()) {
            return thrown;
        }
        browser.attempt().startCollecting();
        try {
            Collected collected = EvidenceCollector.collect(attempt(browser, failure));
            browser.attempt().keep(collected);
            Throwable told = FailureMessage.told(thrown, collected);
            if (told == null) {
                thrown.addSuppressed(FailureNote.of(collected));
            }
            return told == null ? thrown : told;
        } catch (IOException | RuntimeException | Error lost) {
            thrown.addSuppressed(new BctrlException("The evidence of this failure could not be kept: " + lost, lost));
            return thrown;
        }
    }

    /** Keeps the evidence of a test that passed, where somebody wants it. */
    static void keepOfPassed(TestBrowser browser) {
        BrowserSession session = browser.openSession();
        if (session == null
                || browser.attempt().isCollected()
                || browser.evidence().kept(false).isEmpty()) {
            return;
        }
        browser.attempt().startCollecting();
        try {
            browser.attempt().keep(EvidenceCollector.collect(attempt(browser, null)));
        } catch (IOException | RuntimeException | Error lost) {
            System.getLogger("ai.bctrl.junit")
                    .log(
                            System.Logger.Level.WARNING,
                            "bctrl: the evidence of {0} could not be kept: {1}",
                            browser.test().shortName(),
                            lost);
        }
    }

    /** {@return takes the secrets out of what is told of the test} */
    static Redaction redaction(TestBrowser browser) {
        BctrlSettings settings = browser.settings();
        Redaction redaction = new Redaction(SecretRules.of(
                settings.evidence().secretNames(),
                settings.evidence().secretPattern() == null
                        ? List.of()
                        : List.of(settings.evidence().secretPattern())));
        if (settings.apiKey() != null) {
            redaction.learn(settings.apiKey());
        }
        BrowserSession session = browser.openSession();
        if (session != null) {
            String address = session.lease().cdpUrl();
            redaction.learn(address);
            redaction.learnUrl(address);
            redaction.learn(address.substring(address.indexOf('?') + 1));
        }
        String embeddedKey = session == null ? null : browser.run().embeddedKey();
        if (embeddedKey != null) {
            redaction.learn(embeddedKey);
        }
        return redaction;
    }

    private static Attempt attempt(TestBrowser browser, @Nullable Failure failure) {
        BrowserSession session = browser.openSession();
        return new Attempt(
                browser.test(),
                failure,
                Instant.now(),
                browser.phases(),
                session,
                session != null && browser.bodyThread().isFree(),
                browser.recording(),
                browser.evidence(),
                client(browser),
                browser.run().directory().path(),
                redaction(browser),
                browser.settings().evidence().secretSelector(),
                browser.settings().inForce());
    }

    private static @Nullable BctrlClient client(TestBrowser browser) {
        try {
            return browser.openSession() == null ? null : browser.client();
        } catch (BctrlException none) {
            return null;
        }
    }
}
