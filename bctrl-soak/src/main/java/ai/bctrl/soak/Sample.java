package ai.bctrl.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What this JVM holds after so many tests. Immutable.
 *
 * @param tests that have run
 * @param heapBytes in use after a full collection
 * @param threads of the JVM
 * @param descriptors open ones; 0 where there is no {@code /proc}
 * @param processes that it has started, and theirs
 * @param directories of drivers and browsers that this JVM keeps in the temporary directory
 */
record Sample(int tests, long heapBytes, long threads, long descriptors, long processes, long directories) {
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
                self.descendants().count(),
                directories(Path.of(System.getProperty("java.io.tmpdir")), "bctrl-artifacts-" + self.pid() + "-"));
    }

    private static long directories(Path temporary, String ours) {
        try (Stream<Path> top = Files.list(temporary)) {
            long count = 0;
            for (Path directory : top.filter(
                            path -> path.getFileName().toString().startsWith(ours))
                    .toList()) {
                try (Stream<Path> within = Files.list(directory)) {
                    count += 1 + within.count();
                }
            }
            return count;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
                + ", processes " + processes + ", directories " + directories;
    }
}
