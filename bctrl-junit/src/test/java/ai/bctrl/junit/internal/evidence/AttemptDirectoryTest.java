package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptDirectoryTest {
    @Test
    void givesEachAttemptADirectoryOfItsOwnAlsoAtTheSameTime(@TempDir Path run) throws Exception {
        TestName name = new TestName("shop.CheckoutTest", "buys", List.of(), false, "", "buys()");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<AttemptDirectory>> attempts = Stream.<Callable<AttemptDirectory>>generate(
                            () -> () -> AttemptDirectory.create(run, name))
                    .limit(20)
                    .toList();
            Set<Path> directories = new TreeSet<>();
            for (Future<AttemptDirectory> future : threads.invokeAll(attempts)) {
                directories.add(future.get().path());
            }
            assertThat(AttemptDirectory.exists(run, name)).isTrue();
            assertThat(directories)
                    .hasSize(20)
                    .contains(
                            run.resolve("shop.CheckoutTest").resolve("buys").resolve("attempt-1"),
                            run.resolve("shop.CheckoutTest").resolve("buys").resolve("attempt-20"));
        } finally {
            threads.shutdownNow();
        }
    }
}
