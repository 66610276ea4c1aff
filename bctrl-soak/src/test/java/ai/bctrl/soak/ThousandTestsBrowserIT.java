package ai.bctrl.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Many tests in one JVM with its embedded control plane, four at a time: {@code -Dbctrl.tests=1000} for all. */
class ThousandTestsBrowserIT {
    private static final int TESTS = Integer.getInteger("bctrl.tests", 100);

    /** Until then classes are loaded, and pools and caches are filled. */
    private static final int WARM_UP = 40;

    /** An embedded control plane keeps what happened in its runs in memory until the launcher session ends. */
    private static final double HEAP_OF_A_RUN = 40_000;

    /** So many more workers, in all, may wait in the pools of an embedded control plane when more came at once. */
    private static final double POOLS_WAVER = 20;

    private final List<Sample> samples = new ArrayList<>();
    private final AtomicInteger tests = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @TempDir
    Path directory;

    private final class Counting implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
            if (test.isTest()) {
                tests.incrementAndGet();
            }
        }
    }

    private void execute(Launcher launcher, Map<String, String> settings) {
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(ShopTestCases.class))
                        .configurationParameters(settings)
                        .build(),
                new Counting());
    }

    @Test
    @Timeout(3600)
    void memoryThreadsAndDescriptorsStayFlat() throws Exception {
        Map<String, String> settings = Map.of(
                "bctrl.evidenceDirectory", directory.toString(),
                "bctrl.local.no-sandbox", "true",
                "junit.platform.reporting.output.dir",
                        directory.resolve("published").toString(),
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4",
                "junit.jupiter.execution.parallel.config.fixed.max-pool-size", "4");
        int every = Math.max(10, TESTS / 20);
        try (SoakSite site = new SoakSite();
                LauncherSession session = LauncherFactory.openSession()) {
            System.setProperty(SoakWorker.SITE, site.url());
            Launcher launcher = session.getLauncher();
            long begin = System.nanoTime();
            for (int next = WARM_UP; tests.get() < WARM_UP + TESTS; ) {
                execute(launcher, settings);
                if (tests.get() >= next) {
                    samples.add(Sample.now(tests.get()));
                    System.out.println(samples.get(samples.size() - 1));
                    next = tests.get() + every;
                }
            }
            System.out.println((System.nanoTime() - begin) / 1_000_000_000 + " s");
        } finally {
            System.clearProperty(SoakWorker.SITE);
        }
        assertThat(failures).isEmpty();
        flat();
    }

    private void flat() {
        double heap = Sample.slope(samples, Sample::heapBytes);
        double threads = Sample.slope(samples, Sample::threads);
        double idleWorkers = Sample.slope(samples, Sample::idleWorkers);
        double descriptors = Sample.slope(samples, Sample::descriptors);
        double processes = Sample.slope(samples, Sample::processes);
        double directories = Sample.slope(samples, Sample::directories);
        System.out.printf(
                Locale.ROOT,
                "with each test: %.0f bytes of heap, %.4f threads, %.4f idle workers, %.4f descriptors, %.4f processes, %.4f directories%n",
                heap,
                threads,
                idleWorkers,
                descriptors,
                processes,
                directories);
        assertThat(heap).as("bytes of heap with each test").isLessThan(HEAP_OF_A_RUN);
        assertThat(threads).as("threads with each test").isLessThan(0.02);
        assertThat(idleWorkers)
                .as("idle workers of pools with each test")
                .isLessThan(Math.max(0.02, POOLS_WAVER / TESTS));
        assertThat(descriptors).as("descriptors with each test").isLessThan(0.02);
        assertThat(processes).as("processes with each test").isLessThan(0.02);
        assertThat(directories).as("directories with each test").isLessThan(0.02);
    }
}
