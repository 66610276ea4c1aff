package ai.bctrl.soak;

import java.util.ArrayList;
import java.util.List;

/** What workers said of their tests. Thread-safe. */
final class Journal {
    /**
     * A test or a class that failed.
     *
     * @param run the worker's run
     * @param uniqueId JUnit's
     * @param why the first line of the failure
     */
    record Failed(String run, String uniqueId, String why) {}

    private final List<Failed> failures = new ArrayList<>();
    private int begun;
    private int passed;

    synchronized void begun() {
        begun++;
    }

    /** @param line what follows {@link SoakWorker#ENDED}: status, unique id, failure */
    synchronized void ended(String run, String line) {
        String[] parts = line.split(" ", 3);
        if (parts[0].equals("SUCCESSFUL")) {
            passed++;
        } else {
            failures.add(new Failed(run, parts[1], parts.length < 3 ? "" : parts[2]));
        }
    }

    synchronized int tests() {
        return begun;
    }

    synchronized int passed() {
        return passed;
    }

    synchronized List<Failed> failures() {
        return List.copyOf(failures);
    }
}
