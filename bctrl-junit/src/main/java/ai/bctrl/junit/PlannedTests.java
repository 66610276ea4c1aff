package ai.bctrl.junit;

import ai.bctrl.junit.internal.run.Stores;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Knows from the test plan which tests will want a browser, and has the first one made ready while JUnit still sets out.
 * What it does not foresee, such as the number of invocations of a parameterized test, it learns when JUnit does.
 * Thread-safe.
 */
final class PlannedTests implements TestExecutionListener {
    /** After so many other tests a browser that was made ready at the beginning would have been given back. */
    private static final int SOON = 10;

    private final LauncherSession session;
    private final AtomicInteger known = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile int parallelism = 1;

    PlannedTests(LauncherSession session) {
        this.session = session;
    }

    /** {@return how many tests are still to open a browser, as far as is known} */
    int remaining() {
        return Math.max(0, known.get() - opened.get());
    }

    /** {@return how many tests may run at a time} */
    int parallelism() {
        return parallelism;
    }

    /** A test is about to open a browser. */
    void opening() {
        opened.incrementAndGet();
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        known.set(0);
        opened.set(0);
        parallelism = Parallelism.of(plan.getConfigurationParameters());
        // Looking at all tests may take a while, and so may starting a browser: neither shall keep JUnit waiting.
        Thread thread = new Thread(() -> look(plan), "bctrl-plan");
        thread.setDaemon(true);
        thread.start();
    }

    private void look(TestPlan plan) {
        try {
            BctrlSettings settings = settings(plan.getConfigurationParameters());
            if (settings.pool() != null && settings.pool() == 0) {
                return;
            }
            BrowserOpening first = null;
            int before = 0;
            for (TestIdentifier root : plan.getRoots()) {
                for (TestIdentifier test : plan.getDescendants(root)) {
                    BrowserRequest request = request(test, settings);
                    if (request == null) {
                        before += test.isTest() ? 1 : 0;
                        continue;
                    }
                    if (known.incrementAndGet() == 1 && before <= SOON) {
                        first = new BrowserOpening(request, settings, run(settings));
                        first.prepare(1);
                    }
                }
            }
            if (first != null) {
                first.prepare(first.run().supply().wanted());
            }
        } catch (RuntimeException | LinkageError failure) {
            // The test that needs the browser meets the same and tells it.
            System.getLogger("ai.bctrl.junit")
                    .log(System.Logger.Level.DEBUG, "bctrl: no browser is made ready: {0}", failure);
        }
    }

    private RunResources run(BctrlSettings settings) {
        return Stores.computedOfSession(
                session, BctrlExtension.NAMESPACE, RunResources.class, () -> RunResources.create(settings, this));
    }

    private static BctrlSettings settings(ConfigurationParameters parameters) {
        return BctrlSettings.read(SettingsSource.of(key -> parameters.get(key).orElse(null), parameters.keySet()));
    }

    /** {@return what the test asks for, or null if it wants no browser of its own} */
    private static @Nullable BrowserRequest request(TestIdentifier test, BctrlSettings settings) {
        MethodSource source = source(test);
        if (source == null) {
            return null;
        }
        Class<?> type = source.getJavaClass();
        Method method = source.getJavaMethod();
        BrowserRequest request = isDisabled(type, method) ? null : BrowserRequest.ofPlanned(type, method, settings);
        return request != null && request.canBePrepared() && takesBrowser(type, method) ? request : null;
    }

    private static @Nullable MethodSource source(TestIdentifier test) {
        Optional<MethodSource> source =
                test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        return source.orElse(null);
    }

    private static boolean isDisabled(Class<?> type, Method method) {
        boolean disabled = AnnotationSupport.isAnnotated(method, Disabled.class);
        for (Class<?> at = type; at != null && !disabled; at = at.getEnclosingClass()) {
            disabled = AnnotationSupport.isAnnotated(at, Disabled.class);
        }
        return disabled;
    }

    /** Lifecycle methods and constructors count as well; which of them run for the test matters little. */
    private static boolean takesBrowser(Class<?> type, Method method) {
        boolean takes = takesBrowser(method);
        for (Class<?> at = type; at != null && !takes; at = at.getSuperclass()) {
            takes = Stream.concat(Arrays.stream(at.getDeclaredConstructors()), Arrays.stream(at.getDeclaredMethods()))
                    .filter(member -> !(member instanceof Method other) || !isTest(other))
                    .anyMatch(PlannedTests::takesBrowser);
        }
        return takes;
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }

    private static boolean takesBrowser(Executable member) {
        return Arrays.stream(member.getParameterTypes())
                .map(Injectable::of)
                .anyMatch(wanted -> wanted != null && wanted.needsBrowser());
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        if (test.isTest() && source(test) != null) {
            known.incrementAndGet();
        }
    }

    /** Of a template only its invocations open browsers. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isContainer() && source(test) != null && remaining() > 0) {
            known.decrementAndGet();
        }
    }
}
