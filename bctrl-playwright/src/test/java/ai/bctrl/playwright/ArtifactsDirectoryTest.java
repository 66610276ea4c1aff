package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArtifactsDirectoryTest {
    @TempDir
    private Path temporary = Path.of("");

    /** Makes a directory and waits to be killed. */
    static final class Maker {
        public static void main(String[] arguments) throws IOException {
            System.out.println(ArtifactsDirectory.create().path());
            int unused = System.in.read();
        }
    }

    private Process maker() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void whatAKilledJvmHasLeftIsRemovedAtOnce() throws Exception {
        Process maker = maker();
        try {
            Path directory = Path.of(maker.inputReader().readLine());
            ArtifactsDirectory.sweep(temporary);
            assertThat(directory).exists();
            assertThat(maker.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
            ArtifactsDirectory.sweep(temporary);
            assertThat(directory).doesNotExist();
        } finally {
            maker.destroyForcibly();
        }
    }

    @Test
    void alsoWhereItsProcessIdIsOursNow() throws Exception {
        Process maker = maker();
        try {
            Path directory = Path.of(maker.inputReader().readLine());
            assertThat(maker.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
            Path renamed = temporary.resolve(
                    "bctrl-artifacts-" + ProcessHandle.current().pid() + "-1-a");
            Files.move(directory, renamed);
            ArtifactsDirectory.sweep(temporary);
            assertThat(renamed).doesNotExist();
        } finally {
            maker.destroyForcibly();
        }
    }

    @Test
    void ourOwnStaysUntilItIsClosed() {
        ArtifactsDirectory own = ArtifactsDirectory.create();
        ArtifactsDirectory.sweep(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(own.path()).exists();
        own.close();
        assertThat(own.path()).doesNotExist();
    }
}
