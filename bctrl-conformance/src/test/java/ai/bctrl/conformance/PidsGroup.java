package ai.bctrl.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * A control group that limits processes and threads, also those of root. Where the operating system does not allow to make one
 * the test is aborted.
 *
 * @param path where it is
 */
record PidsGroup(Path path) implements AutoCloseable {
    private static final List<String> MOUNTS = List.of("/sys/fs/cgroup/pids", "/sys/fs/cgroup");

    static PidsGroup create() {
        String refusal = "there is no control group of pids";
        for (String mount : MOUNTS) {
            Path path = Path.of(mount, "bctrl-test-" + UUID.randomUUID());
            try {
                Files.createDirectory(path);
                if (Files.isWritable(path.resolve("pids.max"))) {
                    return new PidsGroup(path);
                }
                Files.delete(path);
            } catch (IOException refused) {
                refusal = refused.toString();
            }
        }
        Assumptions.abort("processes cannot be limited here: " + refusal);
        throw new AssertionError("the test was aborted");
    }

    /** Takes a process with all its threads, and what it starts from now on. */
    void take(long pid) throws IOException {
        Files.writeString(path.resolve("cgroup.procs"), String.valueOf(pid));
    }

    /** There may be so many more processes and threads than there are. */
    void allowMore(int number) throws IOException {
        long now = Long.parseLong(Files.readString(path.resolve("pids.current")).strip());
        Files.writeString(path.resolve("pids.max"), String.valueOf(now + number));
    }

    /** Its processes have ended, or are about to. */
    @Override
    public void close() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.readString(path.resolve("cgroup.procs")).isBlank() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        Files.delete(path);
    }
}
