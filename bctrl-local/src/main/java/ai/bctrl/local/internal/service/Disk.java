package ai.bctrl.local.internal.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that they are there after a loss of power, and moves them to where they are found. Thread-safe. */
final class Disk {

    private Disk() {}

    /** Moves a file that is whole to its name; what is at the name afterwards is the whole file, whatever happens. */
    static void publish(Path whole, Path name, boolean durable) throws IOException {
        if (durable) {
            force(whole);
        }
        Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        Path directory = name.getParent();
        if (durable && directory != null) {
            forceNames(directory);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** A new name may be forgotten though its file is on the disk. */
    static void forceNames(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // Not every system opens directories; those that do not write names through.
        }
    }
}
