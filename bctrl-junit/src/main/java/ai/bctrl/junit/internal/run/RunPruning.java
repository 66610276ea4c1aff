package ai.bctrl.junit.internal.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes the directories of old runs: only what carries our marker, and never what a run still writes into. */
final class RunPruning {
    /** Directories on their way out; one that is still there was left by a JVM that died. */
    static final String DOOMED = ".old-";

    private record Old(Path directory, RunMarker marker) {}

    private RunPruning() {}

    /**
     * {@return what is to be deleted, already out of everybody's way; the caller holds the lock}
     *
     * @param keepRuns how many to keep, besides those that still run
     * @param keepFor how long to keep one that nobody uses
     */
    static List<Path> setAside(Path evidence, Path ours, int keepRuns, Duration keepFor, Surroundings here)
            throws IOException {
        List<Old> ended = new ArrayList<>();
        List<Path> doomed = new ArrayList<>();
        for (Path directory : children(evidence)) {
            RunMarker marker = RunMarker.read(directory);
            if (marker == null) {
                continue;
            }
            if (directory.getFileName().toString().startsWith(DOOMED)) {
                doomed.add(directory);
            } else if (!directory.equals(ours) && !marker.isLive(here)) {
                ended.add(new Old(directory, marker));
            }
        }
        ended.sort(Comparator.comparing((Old old) -> old.marker().lastUsed()).reversed());
        Instant oldest = here.now().minus(keepFor);
        for (int i = 0; i < ended.size(); i++) {
            Old old = ended.get(i);
            if (i >= keepRuns || old.marker().lastUsed().isBefore(oldest)) {
                Path aside = evidence.resolve(DOOMED + old.directory().getFileName());
                doomed.add(Files.move(old.directory(), aside));
            }
        }
        return doomed;
    }

    static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.toList();
        }
    }

    /** Deletes a directory and what is in it, but not what links in it point to. The marker goes last. */
    static void delete(Path directory) throws IOException {
        Path marker = directory.resolve(RunMarker.FILE);
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(marker)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (visited.equals(directory)) {
                    Files.deleteIfExists(marker);
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
