package ai.bctrl.junit;

import java.util.Set;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Accompanies a whole launcher session; found by JUnit through {@link java.util.ServiceLoader}. Prints a line for each test
 * where {@code bctrl.progress} is set. What lives as long as the session is in the session's store, which closes it.
 * Thread-safe.
 */
public final class BctrlLauncherListener implements LauncherSessionListener {
    /** Key of the report entry with the id of the test's run. */
    public static final String RUN_ID = "bctrl.runId";

    /** Key of the report entry with the phase times of the test, for people. */
    public static final String PHASES = "bctrl.phases";

    static final String NAMESPACE_NAME = "ai.bctrl.junit";
    static final String PARAMETER_NAMES = "parameterNames";

    /** Creates it; JUnit does. */
    public BctrlLauncherListener() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher()
                .registerTestExecutionListeners(new ParameterNames(session.getStore()), new ProgressLines(System.out));
    }

    /** Notes which configuration parameters there are: an extension can only ask for those it knows. */
    private record ParameterNames(NamespacedHierarchicalStore<Namespace> store) implements TestExecutionListener {
        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            store.put(
                    Namespace.create(NAMESPACE_NAME),
                    PARAMETER_NAMES,
                    Set.copyOf(plan.getConfigurationParameters().keySet()));
        }
    }
}
