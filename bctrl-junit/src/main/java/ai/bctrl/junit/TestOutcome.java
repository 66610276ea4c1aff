package ai.bctrl.junit;

import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.junit.internal.evidence.Collected;
import ai.bctrl.junit.internal.evidence.Failure;
import ai.bctrl.junit.internal.evidence.FailureOrigins;
import ai.bctrl.junit.internal.evidence.Place;
import ai.bctrl.junit.internal.evidence.ResultsLog;
import ai.bctrl.junit.internal.evidence.TestName;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.Uninterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * How a test ended, and what is told of it to others. Immutable.
 *
 * @param context the context of the test, or of a class whose hooks used a browser
 */
record TestOutcome(ExtensionContext context) {

    /** {@return what the test failed of so far, or null} */
    @Nullable
    Throwable failure() {
        return context.getExecutionException().orElse(null);
    }

    /** What is left to do when nothing of the test will run any more, while the browser is still there. */
    void settle(TestBrowser browser) {
        tell(browser);
        // Not before: another extension may still make the test fail.
        if (failure() == null && isTest() && !browser.hadDynamicTests()) {
            Uninterrupted.run(() -> FailureHandling.keepOfPassed(browser));
            publish(browser);
        }
    }

    /** Tells what is known at the end of the test's own code. */
    void tell(TestBrowser browser) {
        Throwable failure = failure();
        if (failure != null) {
            // An extension failed the test after our own turn. What it has thrown can only be added to.
            FailureHandling.add(browser, failure, Place.EXTENSION);
        } else if (failed(browser.attempt().kept())) {
            browser.attempt().forget();
        }
        publish(browser);
    }

    /** Tells listeners which run the test had and how long its steps took, and hands them the files. */
    void publish(TestBrowser browser) {
        BrowserSession session = browser.openSession();
        if (session != null
                && (isTest() || failure() != null)
                && browser.attempt().startReporting()) {
            Map<String, String> entry = new LinkedHashMap<>();
            String runId = session.lease().runId();
            if (runId != null) {
                entry.put(BctrlLauncherListener.RUN_ID, runId);
            }
            entry.put(BctrlLauncherListener.PHASES, browser.phases().toString());
            context.publishReportEntry(entry);
        }
        Collected collected = browser.attempt().kept();
        if (collected != null && browser.attempt().startPublishing()) {
            browser.run().publication().publish(context, collected);
        }
    }

    /** Tells listeners where the browser can be watched. */
    void publishLink(@Nullable String link) {
        if (link != null) {
            context.publishReportEntry(BctrlLauncherListener.LIVE, link);
        }
    }

    /** Writes the line for the report of the run. */
    void log(TestBrowser browser, @Nullable Throwable failure) {
        BrowserSession session = browser.openSession();
        Collected collected = browser.attempt().kept();
        if (failure == null && (!isTest() || browser.hadDynamicTests())) {
            return;
        }
        if ((session == null && collected == null)
                || browser.settings().evidence().isOff()) {
            return;
        }
        log(browser, failure, collected);
        count(browser.run().publication(), failure, collected);
    }

    private static void count(Publication publication, @Nullable Throwable failure, @Nullable Collected collected) {
        if (failure == null) {
            publication.passed();
        } else if (failure instanceof TestAbortedException) {
            publication.aborted();
        } else if (collected != null) {
            publication.failed(collected);
        }
    }

    private void log(TestBrowser browser, @Nullable Throwable failure, @Nullable Collected collected) {
        BrowserSession session = browser.openSession();
        TestName test = browser.test();
        browser.run()
                .results()
                .add(new ResultsLog.Result(
                        test.isShownAsMethod() ? test : test.shownAs(redacted(browser, test.displayName())),
                        outcome(failure),
                        browser.attempt().start(),
                        Duration.between(browser.attempt().start(), Instant.now()),
                        browser.phases(),
                        session == null ? null : session.lease().runId(),
                        failure == null ? null : firstLine(browser, failure),
                        origin(failure, collected),
                        collected));
    }

    /** Also of what nothing could be kept of, such as a browser that could not be given back. */
    private static @Nullable FailureOrigin origin(@Nullable Throwable failure, @Nullable Collected collected) {
        Failure known = collected == null ? null : collected.attempt().failure();
        if (known != null) {
            return known.origin();
        }
        return failure == null || failure instanceof TestAbortedException
                ? null
                : FailureOrigins.of(failure, Place.EXTENSION);
    }

    private static String firstLine(TestBrowser browser, Throwable failure) {
        Collected collected = browser.attempt().kept();
        Failure known = collected == null ? null : collected.attempt().failure();
        Throwable untold = known == null ? failure : known.thrown();
        return redacted(
                browser, String.valueOf(untold).strip().lines().findFirst().orElse(""));
    }

    /** Collecting has learned what is secret; who has not collected knows the rules only. */
    private static String redacted(TestBrowser browser, String text) {
        Collected collected = browser.attempt().kept();
        return collected == null
                ? FailureHandling.redaction(browser).text(text)
                : collected.attempt().redact().apply(text);
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "passed";
        }
        return failure instanceof TestAbortedException ? "aborted" : "failed";
    }

    private boolean isTest() {
        return !TestBrowsers.isOfClass(context);
    }

    private static boolean failed(@Nullable Collected collected) {
        return collected != null && collected.attempt().failure() != null;
    }
}
