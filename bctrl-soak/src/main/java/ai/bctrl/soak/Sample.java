package ai.bctrl.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What this JVM holds after so many tests. Immutable.
 *
 * @param tests that have run
 * @param heapBytes in use after a full collection
 * @param threads of the JVM that do something or wait for something of theirs
 * @param idleWorkers threads of pools that wait for work; a pool ends them when none has come for a while
 * @param descriptors open ones; 0 where there is no {@code /proc}
 * @param processes that it has started, and theirs
 * @param directories of drivers and browsers that this JVM keeps in the temporary directory
 */
record Sample(
        int tests, long heapBytes, long threads, long idleWorkers, long descriptors, long processes, long directories) {
    private static final Set<String> WAITS_FOR_WORK = Set.of(
            "java.util.concurrent.ThreadPoolExecutor.getTask",
            "java.util.concurrent.ForkJoinPool.awaitWork",
            "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.idleJobPoll");

    /** Collects garbage and measures. */
    static Sample now(int tests) {
        // The first collection lets go of what only cleaners hold.
        System.gc();
        System.gc();
        ProcessHandle self = ProcessHandle.current();
        Collection<StackTraceElement[]> threads = Thread.getAllStackTraces().values();
        long idle = threads.stream().filter(Sample::waitsForWork).count();
        return new Sample(
                tests,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                threads.size() - idle,
                idle,
                new ProcFiles(self.pid()).descriptors(),
                self.descendants().count(),
                directories(Path.of(System.getProperty("java.io.tmpdir")), "bctrl-artifacts-" + self.pid() + "-"));
    }

    private static boolean waitsForWork(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> WAITS_FOR_WORK.contains(frame.getClassName() + "." + frame.getMethodName()));
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
