package ai.bctrl.junit.internal.report.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSearchTest {
    @TempDir
    @Nullable
    Path directory;

    @Test
    void findsTheNewestRunOfAProject() throws IOException {
        run("target/bctrl/a", 1000);
        Path newest = run("samples/target/bctrl/b", 3000);
        run("build/bctrl/c", 2000);
        Files.createDirectories(project().resolve("target/bctrl/no-run"));
        assertThat(RunSearch.newest(project())).isEqualTo(newest);
    }

    @Test
    void findsNoRunWhereThereIsNone() throws IOException {
        assertThat(RunSearch.newest(project())).isNull();
        assertThat(RunSearch.at(project().resolve("nowhere"))).isNull();
    }

    @Test
    void findsTheRunThatADirectoryIsOrHasOrBelongsTo() throws IOException {
        Path run = run("target/bctrl/a", 1000);
        Path attempt = Files.createDirectories(run.resolve("Cart/adds/attempt-1"));
        Files.writeString(attempt.resolve("failure.json"), "{}");
        assertThat(RunSearch.at(run)).isEqualTo(run);
        assertThat(RunSearch.at(run.resolveSibling("../bctrl"))).isEqualTo(run);
        assertThat(RunSearch.at(attempt)).isEqualTo(run);
    }

    private Path project() {
        return requireNonNull(directory).toAbsolutePath();
    }

    private Path run(String name, long time) throws IOException {
        Path run = Files.createDirectories(project().resolve(name));
        Files.writeString(run.resolve("results-1-1.jsonl"), "");
        Files.setLastModifiedTime(run, FileTime.fromMillis(time));
        return run;
    }
}
