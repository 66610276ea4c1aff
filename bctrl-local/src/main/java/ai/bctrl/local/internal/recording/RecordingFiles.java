package ai.bctrl.local.internal.recording;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where recordings lie: a directory for each run. Thread-safe. */
final class RecordingFiles {

    private final Path root;

    RecordingFiles(Path root) {
        this.root = root;
    }

    Path frames(String runId) {
        return root.resolve(runId).resolve("frames.bctrl");
    }

    Path video(String runId) {
        return root.resolve(runId).resolve("recording.webm");
    }

    /** {@return the ids of the runs that have a directory} */
    List<String> runIds() {
        List<String> ids = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, Files::isDirectory)) {
            directories.forEach(directory -> ids.add(directory.getFileName().toString()));
        } catch (IOException none) {
            // Nothing was recorded yet.
        }
        return ids;
    }

    /** Removes what there is of a run. */
    void delete(String runId) {
        Path directory = root.resolve(runId);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException gone) {
            // Removed before, or never there.
        } catch (IOException failed) {
            System.getLogger(RecordingFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "a recording could not be removed: " + directory, failed);
        }
    }
}
