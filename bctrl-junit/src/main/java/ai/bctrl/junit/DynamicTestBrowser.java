package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.Place;
import ai.bctrl.runtime.Uninterrupted;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.Executable;

/**
 * The browser of a test factory while one of its dynamic tests runs: each has an attempt and an outcome of its own. Immutable.
 *
 * @param browser the browser of the factory
 * @param context the context of the dynamic test
 */
record DynamicTestBrowser(TestBrowser browser, ExtensionContext context) {

    void run(Executable test) throws Throwable {
        TestOutcome outcome = new TestOutcome(context);
        browser.begin(context.getUniqueId(), context.getDisplayName());
        Throwable thrown = null;
        try {
            test.execute();
        } catch (Throwable failure) {
            thrown = FailureHandling.handle(browser, failure, Place.BODY);
            throw thrown;
        } finally {
            if (thrown == null) {
                Uninterrupted.run(() -> FailureHandling.keepOfPassed(browser));
            }
            outcome.publish(browser);
            outcome.log(browser, thrown);
            browser.end(thrown);
        }
    }
}
