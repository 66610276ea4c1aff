package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.AttemptDirectory;
import ai.bctrl.junit.internal.evidence.TestName;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Tells the record of a run which test it belongs to, and how that ends. Stateless. */
final class RunMarkers {
    private RunMarkers() {}

    /** Names the test in the runtime's metadata, from which the control plane knows that it starts. */
    static void name(RuntimeSpec.Builder runtime, TestName test, Path runDirectory) {
        runtime.metadata("bctrlTest", test.shortName());
        if (test.methodName() != null) {
            // A browser of a whole class is told of each test when it begins.
            names(test, runDirectory)
                    .forEach((key, value) -> runtime.metadata(
                            "bctrlTest" + Character.toUpperCase(key.charAt(0)) + key.substring(1), value));
        }
    }

    private static Map<String, String> names(TestName test, Path runDirectory) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("class", test.className());
        names.put("method", String.valueOf(test.methodName()));
        if (!test.invocationNumber().isEmpty()) {
            names.put("invocation", test.invocationNumber());
        }
        names.put("attempt", String.valueOf(AttemptDirectory.next(runDirectory, test)));
        return names;
    }

    /** Tells of a test that begins on a browser that is there already. */
    static void started(RuntimeLease lease, TestName test, Path runDirectory) {
        Map<String, String> data = names(test, runDirectory);
        data.put("displayName", test.shortName());
        lease.tell(NewRunEvent.now("test.started", data));
    }

    /**
     * Tells that a test has failed just now.
     *
     * @param message what people read, without secrets
     * @param origin what is at fault
     */
    static void failed(RuntimeLease lease, String message, String origin) {
        lease.tell(NewRunEvent.now("test.failed", Map.of("message", message, "origin", origin)));
    }

    /** Tells how a test has ended. */
    static void finished(RuntimeLease lease, @Nullable Throwable failure) {
        String outcome = failure == null ? "passed" : failure instanceof TestAbortedException ? "aborted" : "failed";
        lease.tell(NewRunEvent.now("test.finished", Map.of("outcome", outcome)));
    }
}
