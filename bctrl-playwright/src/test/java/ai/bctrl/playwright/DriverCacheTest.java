package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverCacheTest {
    @Test
    void unpacksOnceAlsoWhenSeveralAskAtTheSameTime(@TempDir Path root) throws Exception {
        DriverCache cache = new DriverCache(root);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Path>> calls =
                    List.of(() -> new DriverCache(root).driver(), () -> new DriverCache(root).driver());
            for (Future<Path> driver : threads.invokeAll(calls)) {
                assertThat(driver.get().resolve("package/cli.js")).isNotEmptyFile();
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).hasSize(1);
        }
        Path driver = cache.driver();
        assertThat(driver).isNotNull();
        Files.delete(driver.resolve("package/cli.js"));
        assertThat(cache.driver()).isEqualTo(driver);
        assertThat(driver.resolve("package/cli.js")).isNotEmptyFile();
    }

    @Test
    void isWhereTheSystemKeepsCaches() {
        Path home = Path.of("/home/me");
        assertThat(DriverCache.defaultRoot(Map.of("BCTRL_CACHE", "/var/cache/mine"), home))
                .isEqualTo(Path.of("/var/cache/mine"));
        assertThat(DriverCache.defaultRoot(Map.of(), home))
                .asString()
                .startsWith(home.toString())
                .endsWith("bctrl");
    }
}
