package ai.bctrl.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. Stateless. */
final class ChildProcess {
    private static final long LONGEST_MINUTES = 20;

    private ChildProcess() {}

    /** {@return the exit code}; a program that takes too long is ended, with all that it started. */
    static int run(List<String> command, Path directory, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(process.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            throw new AssertionError(command.get(0) + " takes too long; see " + log);
        }
        return process.exitValue();
    }
}
