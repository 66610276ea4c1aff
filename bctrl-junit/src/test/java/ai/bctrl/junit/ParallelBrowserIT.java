package ai.bctrl.junit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BrowserRemains;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred tests, four at a time, and nothing is left of them; where they share a Chromium it stays, empty, until its control
 * plane ends.
 */
@Timeout(600)
class ParallelBrowserIT {
    private static final int TESTS = 200;
    private static final int THREADS = 4;

    @TempDir
    @Nullable
    Path directory;

    @Test
    void manyTestsAtATimePassAndLeaveNothing() throws Exception {
        Set<String> threadsBefore = threads();
        Set<Path> directoriesBefore = temporaryDirectories();
        try (ControlPlane controlPlane = new ControlPlane()) {
            JupiterRun run = new JupiterRun(controlPlane, requireNonNull(directory)).concurrently(THREADS);
            JupiterRun.Result result = run.of(ManyTestCases.class);

            result.allPass(TESTS);
            assertThat(result.entries("bctrl.runId")).hasSize(TESTS).doesNotHaveDuplicates();
            assertThat(controlPlane.activeRuntimes()).isEmpty();
            assertThat(JupiterRun.files(run.evidence()))
                    .noneMatch(name -> name.contains("attempt-"))
                    .anyMatch(name -> name.endsWith("index.html"));
            awaitEmpty("things in browsers", BrowserRemains::now);
            assertThat(BrowserRemains.shared()).hasSizeLessThan(2);
        }
        awaitEmpty("children", () -> ProcessHandle.current().children().toList());
        awaitEmpty("threads", () -> without(threads(), threadsBefore));
        awaitEmpty("directories", () -> without(temporaryDirectories(), directoriesBefore));
    }

    @BctrlBrowser
    static class ManyTestCases {
        @RepeatedTest(TESTS)
        void test(Page page, RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() == 1) {
                assertThat(BrowserRemains.now())
                        .as("what is there while a test runs")
                        .isNotEmpty();
            }
            page.setContent("<button onclick=\"document.title += '!'\">Press</button>");
            page.locator("button").click();
            assertThat(page.title()).isEqualTo("!");
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("bctrl"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the drivers and the control planes of this JVM keep; other builds on the machine do not count. */
    private static Set<Path> temporaryDirectories() {
        Path ofJava = Path.of(System.getProperty("java.io.tmpdir"));
        String ofDrivers = System.getenv("TMPDIR");
        Set<Path> found = new TreeSet<>(children(ofDrivers == null ? ofJava : Path.of(ofDrivers)).stream()
                .filter(path -> path.getFileName().toString().startsWith("playwright-"))
                .toList());
        children(ofJava).stream()
                .filter(path -> path.getFileName().toString().startsWith("bctrl-"))
                .flatMap(root -> children(root).stream())
                .filter(ParallelBrowserIT::isOurs)
                .forEach(found::add);
        return found;
    }

    private static boolean isOurs(Path instance) {
        try {
            return Files.readString(instance.resolve("owner"))
                    .startsWith(ProcessHandle.current().pid() + " ");
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    private static <T> List<T> without(Set<T> all, Set<T> known) {
        return all.stream().filter(one -> !known.contains(one)).toList();
    }

    private static void awaitEmpty(String what, Supplier<? extends List<?>> left) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!left.get().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(left.get()).as("%s that are left", what).isEmpty();
    }
}
