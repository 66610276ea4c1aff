package ai.bctrl.samples.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;

/**
 * How a test went.
 *
 * @param group names of what the test is in, outermost first
 * @param name name of the test
 * @param result the verdict of JUnit
 * @param duration how long it took, its browser included
 * @param entries what was reported for it
 */
record Outcome(
        List<String> group, String name, TestExecutionResult result, Duration duration, Map<String, String> entries) {

    boolean passed() {
        return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    }

    String entry(String key) {
        return entries.getOrDefault(key, "");
    }
}
