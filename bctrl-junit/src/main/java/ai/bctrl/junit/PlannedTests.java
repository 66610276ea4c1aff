package ai.bctrl.junit;

import ai.bctrl.junit.internal.run.Stores;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.TestFactory;
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
 * What it does not foresee, such as the number of invocations of a parameterized test, it learns when JUnit does. When the
 * plan is over, what was made ready in vain is given back. Thread-safe.
 */
final class PlannedTests implements TestExecutionListener {
    /** After so many other tests a browser that was made ready at the beginning would have been given back. */
    private static final int SOON = 10;

    private final LauncherSession session;
    private final Queue<Runnable> whenOver = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Course course;

    /** Null where no browser is made ready. */
    private volatile @Nullable BctrlSettings settings;

    /** A plan that is carried out. */
    private record Course(TestPlan plan, int parallelism, PendingTests pending) {}

    PlannedTests(LauncherSession session) {
        this.session = session;
    }

    /** {@return how many tests that will open a browser are still to begin, as far as is known} */
    int remaining() {
        Course current = course;
        return current == null ? 0 : current.pending.count();
    }

    /** {@return how many tests may run at a time} */
    int parallelism() {
        Course current = course;
        return current == null ? 1 : current.parallelism;
    }

    /** Has something done at the end of each plan. */
    void whenOver(Runnable action) {
        whenOver.add(action);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        settings = null;
        Course begun = new Course(plan, Parallelism.of(plan.getConfigurationParameters()), new PendingTests());
        course = begun;
        // Looking at all tests may take a while, and so may starting a browser: neither shall keep JUnit waiting.
        Thread thread = new Thread(() -> look(begun), "bctrl-plan");
        thread.setDaemon(true);
        thread.start();
    }

    private void look(Course looked) {
        try {
            BctrlSettings read = settings(looked.plan.getConfigurationParameters());
            if (read.pool() != null && read.pool() == 0) {
                return;
            }
            settings = read;
            BrowserOpening first = null;
            int before = 0;
            for (TestIdentifier root : looked.plan.getRoots()) {
                for (TestIdentifier test : looked.plan.getDescendants(root)) {
                    BrowserRequest request = request(test, read);
                    if (request == null) {
                        before += test.isTest() ? 1 : 0;
                        continue;
                    }
                    looked.pending.comes(test.getUniqueId());
                    if (first == null && before <= SOON) {
                        first = new BrowserOpening(request, read, run(read));
                        prepare(first, looked, 1);
                    }
                }
            }
            if (first != null) {
                prepare(first, looked, first.run().supply().wanted());
            }
        } catch (RuntimeException | LinkageError failure) {
            // The test that needs the browser meets the same and tells it.
            System.getLogger("ai.bctrl.junit")
                    .log(System.Logger.Level.DEBUG, "bctrl: no browser is made ready: {0}", failure);
        }
    }

    /**
     * Nothing is made ready for a test that has begun, which opens its browser itself by now, or for a plan that is over, as
     * nobody would give it back.
     */
    private void prepare(BrowserOpening opening, Course of, int count) {
        synchronized (session) {
            if (of.equals(course)) {
                opening.prepare(Math.min(count, of.pending.count()));
            }
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        synchronized (session) {
            course = null;
        }
        whenOver.forEach(Runnable::run);
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
                    .filter(member -> !member.isSynthetic() && !(member instanceof Method other && isTest(other)))
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

    private static boolean isFactory(TestIdentifier test) {
        MethodSource source = source(test);
        return source != null && AnnotationSupport.isAnnotated(source.getJavaMethod(), TestFactory.class);
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        Course current = course;
        BctrlSettings known = settings;
        // Dynamic tests share the browser of their factory.
        if (current != null && known != null && test.isTest() && !isFactory(test) && request(test, known) != null) {
            current.pending.comes(test.getUniqueId());
        }
    }

    /** Of a template only its invocations open browsers, and nobody knows yet which is the last. */
    @Override
    public void executionStarted(TestIdentifier test) {
        Course current = course;
        if (current != null && (test.isTest() || isFactory(test))) {
            current.pending.gone(test.getUniqueId());
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        goneWithAllBelow(test);
    }

    /** Tests below do not run any more, as is so when what goes before them failed. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isContainer()) {
            goneWithAllBelow(test);
        }
    }

    private void goneWithAllBelow(TestIdentifier test) {
        Course current = course;
        if (current != null) {
            current.pending.gone(test.getUniqueId());
            current.plan.getDescendants(test).forEach(below -> current.pending.gone(below.getUniqueId()));
        }
    }
}
