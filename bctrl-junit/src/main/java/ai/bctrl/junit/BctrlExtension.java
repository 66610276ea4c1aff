package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.Place;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The extension behind {@link BctrlBrowser}, which registers it. Stateless: everything lives in JUnit's stores. Thread-safe.
 */
public final class BctrlExtension
        implements ParameterResolver,
                BeforeEachCallback,
                AfterEachCallback,
                InvocationInterceptor,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Map<Class<? extends Annotation>, Place> HOOKS = Map.of(
            BeforeAll.class, Place.BEFORE_ALL,
            BeforeEach.class, Place.BEFORE_EACH,
            AfterEach.class, Place.AFTER_EACH,
            AfterAll.class, Place.AFTER_ALL);

    static final Namespace NAMESPACE = Namespace.create(BctrlLauncherListener.NAMESPACE_NAME);

    /** Creates it; JUnit does. */
    public BctrlExtension() {}

    /** What a constructor is given belongs to the test that it is called for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Injectable.of(parameter.getParameter().getType()) != null;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Injectable wanted = Injectable.of(parameter.getParameter().getType());
        if (wanted == null) {
            throw new ParameterResolutionException("Not a parameter of @BctrlBrowser: " + parameter);
        }
        if (wanted.needsBrowser() && TestBrowsers.isOfClass(context)) {
            requireClassScope(parameter, context);
            TestBrowsers.of(context).handToClass();
        }
        return value(wanted, TestBrowsers.of(context), placeOf(parameter.getDeclaringExecutable()));
    }

    /** No handler sees a failure in a constructor's parameters, so each is handled here. */
    private static Object value(Injectable wanted, TestBrowser browser, Place place) {
        try {
            return wanted.value(browser);
        } catch (RuntimeException failure) {
            Throwable told = FailureHandling.handle(browser, failure, place);
            throw told instanceof RuntimeException unchecked ? unchecked : failure;
        }
    }

    private static Place placeOf(Executable declaring) {
        if (declaring instanceof Constructor<?>) {
            return Place.CONSTRUCTOR;
        }
        for (Map.Entry<Class<? extends Annotation>, Place> hook : HOOKS.entrySet()) {
            if (AnnotationSupport.isAnnotated(declaring, hook.getKey())) {
                return hook.getValue();
            }
        }
        return Place.BODY;
    }

    private static void requireClassScope(ParameterContext parameter, ExtensionContext context) {
        BrowserRequest request = BrowserRequest.of(context, TestBrowsers.settings(context));
        if (request.scope() == BrowserScope.TEST) {
            Executable where = parameter.getDeclaringExecutable();
            throw new ParameterResolutionException(
                    parameter.getParameter().getType().getSimpleName()
                            + " cannot be injected into "
                            + (where instanceof Constructor<?>
                                    ? "the constructor of "
                                            + where.getDeclaringClass().getName()
                                            + ", whose instance serves all tests of the class"
                                    : where.getName() + "(), which runs once for the whole class")
                            + ": with scope TEST a browser belongs to one test. Use @BctrlBrowser(scope = BrowserScope.CLASS), or"
                            + " take the parameter in the test method or in @BeforeEach");
        }
    }

    /** Waits for the test's turn if fields of the class may hold objects of a shared browser. */
    @Override
    public void beforeEach(ExtensionContext context) {
        SharedBrowser shared = TestBrowsers.existingShared(context);
        if (shared != null && shared.isHandedToClass()) {
            TestBrowsers.of(context).takeTurn();
        }
    }

    /** Tells others of the test while JUnit still takes what is told. */
    @Override
    public void afterEach(ExtensionContext context) {
        TestBrowser browser = TestBrowsers.existing(context);
        if (browser != null) {
            new TestOutcome(context).tell(browser);
        }
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable failure) {
            throw FailureHandling.handle(TestBrowsers.existing(context), failure, Place.CONSTRUCTOR);
        } finally {
            endTurnOfClass(context);
        }
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } finally {
            endTurnOfClass(context);
        }
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } finally {
            endTurnOfClass(context);
        }
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        watched(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        body(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        body(invocation, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return watched(invocation, context);
    }

    /** A dynamic test uses the browser of its factory and has no callbacks of its own. */
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        TestBrowser browser = TestBrowsers.ofTest(context);
        if (browser == null) {
            invocation.proceed();
        } else {
            new DynamicTestBrowser(browser, context).run(() -> watched(invocation, context));
        }
    }

    private static void body(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        long start = System.nanoTime();
        try {
            watched(invocation, context);
        } catch (Throwable failure) {
            TestBrowser failed = TestBrowsers.existing(context);
            if (failed != null) {
                failed.attempt().bodyFailed(failure);
            }
            new InfrastructureRetry(context).afterFailure(failure);
        } finally {
            TestBrowser browser = TestBrowsers.existing(context);
            if (browser != null) {
                browser.attempt().bodyTook(Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private static <T extends @Nullable Object> T watched(Invocation<T> invocation, ExtensionContext context)
            throws Throwable {
        TestBrowser browser = TestBrowsers.ofTest(context);
        if (browser == null) {
            return invocation.proceed();
        }
        browser.bodyThread().enter();
        try {
            return invocation.proceed();
        } finally {
            browser.bodyThread().leave();
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.handle(TestBrowsers.ofTest(context), failure, Place.BODY);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.handle(TestBrowsers.existing(context), failure, Place.BEFORE_EACH);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.handle(TestBrowsers.existing(context), failure, Place.AFTER_EACH);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.handle(TestBrowsers.existing(context), failure, Place.BEFORE_ALL);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.handle(TestBrowsers.existing(context), failure, Place.AFTER_ALL);
    }

    private static void endTurnOfClass(ExtensionContext context) {
        TestBrowser browser = TestBrowsers.isOfClass(context) ? TestBrowsers.existing(context) : null;
        if (browser != null) {
            browser.endTurn();
        }
    }
}
