package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
    @TempDir
    private Path process = Path.of("");

    private Descriptors having(int open, String limit) throws IOException {
        Path directory = Files.createDirectories(process.resolve("fd"));
        for (int number = 0; number < open; number++) {
            Files.createFile(directory.resolve(String.valueOf(number)));
        }
        Files.writeString(
                process.resolve("limits"),
                "Limit                     Soft Limit           Hard Limit           Units\n"
                        + "Max open files            " + limit + "                 4096                 files\n");
        return new Descriptors(process, false);
    }

    @Test
    void aBrowserMayHaveWhatIsEnough() throws IOException {
        assertThat(having(40, "64").few()).isNull();
    }

    @Test
    void saysHowManyAreOpenWhereThereAreTooFew() throws IOException {
        assertThat(having(41, "64").few()).isEqualTo("has 41 of its 64 file descriptors open");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void believesTheKernelThatCountsThem() throws IOException {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.size(open) > 0, "the kernel counts them");

        long before = Files.size(open);
        try (InputStream one = Files.newInputStream(Path.of("/dev/null"));
                InputStream two = Files.newInputStream(Path.of("/dev/null"))) {
            assertThat(List.of(one, two)).doesNotContainNull();
            assertThat(Files.size(open)).isGreaterThan(before);
        }
        assertThat(new Descriptors().few()).isNull();
    }

    @Test
    void knowsNothingWithoutALimit() throws IOException {
        assertThat(having(41, "unlimited").few()).isNull();
        assertThat(new Descriptors(process.resolve("absent"), true).few()).isNull();
    }
}
