package ai.bctrl.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

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
        if (wanted.needsBrowser() && isOfClass(context)) {
            requireClassScope(parameter, context);
            TestBrowser browser = TestBrowsers.of(context);
            browser.handToClass();
            return wanted.value(browser);
        }
        return wanted.value(TestBrowsers.of(context));
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
        SharedBrowser shared = TestBrowsers.existingShared(context, TestBrowsers.settings(context));
        if (shared != null && shared.isHandedToClass()) {
            TestBrowsers.of(context).takeTurn();
        }
    }

    /** Keeps the evidence of a failed test: the outcome is known and the browser is still there. */
    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> FailureHandling.collect(context, failure));
        FailureHandling.report(context);
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable failure) {
            // No callback follows a constructor that fails.
            throw failed(context, failure);
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
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        timed(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        timed(invocation, context);
    }

    private static void timed(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        long start = System.nanoTime();
        try {
            invocation.proceed();
        } finally {
            TestBrowser browser = TestBrowsers.existing(context);
            if (browser != null) {
                browser.bodyTook(Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.explained(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.explained(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw FailureHandling.explained(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw failed(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw failed(context, failure);
    }

    private static Throwable failed(ExtensionContext context, Throwable failure) {
        Throwable explained = FailureHandling.explained(context, failure);
        FailureHandling.collect(context, explained);
        FailureHandling.report(context);
        return explained;
    }

    private static void endTurnOfClass(ExtensionContext context) {
        TestBrowser browser = isOfClass(context) ? TestBrowsers.existing(context) : null;
        if (browser != null) {
            browser.endTurn();
        }
    }

    private static boolean isOfClass(ExtensionContext context) {
        return context.getTestMethod().isEmpty();
    }
}
