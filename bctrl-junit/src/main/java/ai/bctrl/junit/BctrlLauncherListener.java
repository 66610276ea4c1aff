package ai.bctrl.junit;

import ai.bctrl.junit.internal.run.ParameterNames;
import ai.bctrl.junit.internal.run.Stores;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Accompanies a whole launcher session; found by JUnit through {@link java.util.ServiceLoader}. Prints a line for each test
 * where {@code bctrl.progress} is set. What lives as long as the session is in the session's store, which closes it (before
 * JUnit 5.13: in the store of each execution).
 * Thread-safe.
 */
public final class BctrlLauncherListener implements LauncherSessionListener {
    /** Key of the report entry with the id of the test's run. */
    public static final String RUN_ID = "bctrl.runId";

    /** Key of the report entry with the phase times of the test, for people. */
    public static final String PHASES = "bctrl.phases";

    /** Key of the report entry with a link to the live view of the browser, where one is wanted; see {@link BctrlSettings}. */
    public static final String LIVE = "bctrl.live";

    static final String NAMESPACE_NAME = "ai.bctrl.junit";

    /** Creates it; JUnit does. */
    public BctrlLauncherListener() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ParameterNames.noteIn(session);
        session.getLauncher().registerTestExecutionListeners(new ProgressLines(System.out));
        if (Stores.haveSession()) {
            PlannedTests planned = new PlannedTests(session);
            Stores.putInSession(session, BctrlExtension.NAMESPACE, PlannedTests.class, planned);
            session.getLauncher().registerTestExecutionListeners(planned);
        }
    }
}
