package ai.bctrl.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a soak found that should not be; printed when it is found. Thread-safe. */
final class Findings {
    private static final Duration KILLED = Duration.ofSeconds(30);

    private final SoakDirectory directory;
    private final PrintStream out;
    private final List<String> all = new ArrayList<>();

    Findings(SoakDirectory directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    synchronized void add(String finding) {
        all.add(finding);
        out.println("FOUND: " + finding);
    }

    /** A killed JVM is gone at once, or something is wrong with the system. */
    void awaitKilled(WorkerJvm worker) throws InterruptedException {
        if (!worker.awaitEnd(KILLED)) {
            add(worker.run() + " is still there after SIGKILL");
        }
    }

    synchronized List<String> all() {
        return List.copyOf(all);
    }

    /** {@return the file with the stacks of a JVM's threads} */
    Path threadsOf(String name, long pid) {
        Path file = directory.log(name + "-threads");
        try {
            JvmCommand.run(pid, file, "Thread.print");
        } catch (IOException unreadable) {
            add("the threads of " + name + " cannot be had: " + unreadable.getMessage());
        }
        return file;
    }
}
