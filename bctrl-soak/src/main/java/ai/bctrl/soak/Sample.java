package ai.bctrl.soak;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What this JVM holds after so many tests. Immutable.
 *
 * @param tests that have run
 * @param heapBytes in use after a full collection
 * @param threads of the JVM
 * @param descriptors open ones; 0 where there is no {@code /proc}
 * @param processes that it has started, and theirs
 */
record Sample(int tests, long heapBytes, long threads, long descriptors, long processes) {
    /** Collects garbage and measures. */
    static Sample now(int tests) {
        // The first collection lets go of what only cleaners hold.
        System.gc();
        System.gc();
        ProcessHandle self = ProcessHandle.current();
        return new Sample(
                tests,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                new ProcFiles(self.pid()).descriptors(),
                self.descendants().count());
    }

    /** {@return how much more there is with each test, by least squares} */
    static double slope(List<Sample> samples, ToDoubleFunction<Sample> of) {
        double meanX = samples.stream().mapToDouble(Sample::tests).average().orElse(0);
        double meanY = samples.stream().mapToDouble(of).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Sample sample : samples) {
            above += (sample.tests - meanX) * (of.applyAsDouble(sample) - meanY);
            below += (sample.tests - meanX) * (sample.tests - meanX);
        }
        return below == 0 ? 0 : above / below;
    }

    @Override
    public String toString() {
        return tests + " tests: heap " + heapBytes / 1024 + " kB, threads " + threads + ", descriptors " + descriptors
                + ", processes " + processes;
    }
}
