package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.Collected;
import ai.bctrl.junit.internal.evidence.Failure;
import ai.bctrl.junit.internal.evidence.Place;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Repeats a test once on a fresh browser, where the settings allow it and the failure is not its own.
 *
 * @param context the context of the test
 */
record InfrastructureRetry(ExtensionContext context) {
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");

    /** Throws the failure, or returns because the test passed when it was repeated. */
    void afterFailure(Throwable failure) throws Throwable {
        TestBrowser browser = TestBrowsers.existing(context);
        if (browser == null || !browser.mayRetry()) {
            throw failure;
        }
        Throwable told = FailureHandling.handle(browser, failure, Place.BODY);
        Collected kept = browser.kept();
        Failure known = kept == null ? null : kept.attempt().failure();
        if (kept == null || known == null || !known.origin().isInfrastructure()) {
            throw told;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "bctrl: {0} is repeated on a fresh browser: {1}",
                browser.test().shortName(),
                kept.attempt().redact().apply(String.valueOf(told.getMessage())));
        new TestOutcome(context).publish(browser);
        callQuietly(AfterEach.class, HierarchyTraversalMode.BOTTOM_UP);
        browser.startOver(told);
        call(BeforeEach.class, HierarchyTraversalMode.TOP_DOWN);
        invoke(context.getRequiredTestMethod());
    }

    private void callQuietly(Class<? extends Annotation> hook, HierarchyTraversalMode order) {
        try {
            call(hook, order);
        } catch (RuntimeException | Error ofTheDeadBrowser) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: before the test is repeated: {0}", ofTheDeadBrowser);
        }
    }

    private void call(Class<? extends Annotation> hook, HierarchyTraversalMode order) {
        List<Method> methods = AnnotationSupport.findAnnotatedMethods(context.getRequiredTestClass(), hook, order);
        methods.forEach(this::invoke);
    }

    private void invoke(Method method) {
        // It resolves the parameters anew, and so gets the fresh browser's objects.
        Object unused = context.getExecutableInvoker().invoke(method, context.getRequiredTestInstance());
    }
}
