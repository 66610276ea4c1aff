package ai.bctrl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in memory that is as small, or as unwritable, as a test wants it. Where the operating system does not allow to
 * mount one the test is aborted.
 *
 * @param path where it is
 */
public record SmallDisk(Path path) implements AutoCloseable {
    /** Mounts one that holds that many bytes. */
    public static SmallDisk of(Path mountPoint, long bytes) throws IOException {
        return mount(mountPoint, "size=" + bytes);
    }

    /** Mounts one that nobody can write to, not even root. */
    public static SmallDisk readOnly(Path mountPoint) throws IOException {
        return mount(mountPoint, "ro");
    }

    private static SmallDisk mount(Path mountPoint, String options) throws IOException {
        Files.createDirectories(mountPoint);
        String refusal = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mountPoint.toString());
        Assumptions.assumeTrue(refusal.isEmpty(), () -> "a small disk cannot be mounted here: " + refusal);
        return new SmallDisk(mountPoint);
    }

    /** Takes all room but that many bytes. */
    public void fillBut(long bytes) {
        makeRoom();
        try {
            long room = Files.getFileStore(path).getUsableSpace() - bytes;
            Files.write(path.resolve("ballast"), new byte[Math.toIntExact(Math.max(room, 0))]);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Gives the room back. */
    public void makeRoom() {
        try {
            Files.deleteIfExists(path.resolve("ballast"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        String refusal = run("umount", path.toString());
        if (!refusal.isEmpty()) {
            // Somebody has left a file open, which is a failure, but nothing may stay mounted.
            run("umount", "-l", path.toString());
            throw new IOException(path + " cannot be unmounted: " + refusal);
        }
    }

    /** {@return what went wrong; empty if nothing did} */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                return command[0] + " does not end";
            }
            return process.exitValue() == 0 ? "" : command[0] + ": " + output.strip();
        } catch (IOException absent) {
            return String.valueOf(absent.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
