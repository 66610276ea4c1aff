package ai.bctrl.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Notes which tests are inside at the same time, and makes tests wait for each other. Thread-safe. */
final class Presence {
    private final Map<Class<?>, Integer> inside = new HashMap<>();
    private int mostTests;
    private int mostClasses;

    synchronized void enter(Class<?> type) {
        inside.merge(type, 1, Integer::sum);
        mostClasses = Math.max(mostClasses, inside.size());
        mostTests = Math.max(
                mostTests, inside.values().stream().mapToInt(Integer::intValue).sum());
    }

    synchronized void leave(Class<?> type) {
        inside.computeIfPresent(type, (same, tests) -> tests == 1 ? null : tests - 1);
    }

    /** {@return how many tests were inside at once, at most} */
    synchronized int mostTests() {
        return mostTests;
    }

    /** {@return of how many classes tests were inside at once, at most} */
    synchronized int mostClasses() {
        return mostClasses;
    }

    /** Waits until all parties are here, which proves that they run at the same time. */
    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } catch (BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("nobody else runs at the same time", alone);
        }
    }
}
