package ai.bctrl.soak;

import ai.bctrl.error.BctrlException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Says every ten seconds how it goes, on a thread of its own. */
final class Progress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final PrintStream out;
    private final SoakDirectory directory;
    private final Journal journal;
    private final Chaos chaos;
    private final ServeJvm server;
    private final long begin = System.nanoTime();
    private final Thread thread = new Thread(this::say, "soak-progress");

    Progress(PrintStream out, SoakDirectory directory, Journal journal, Chaos chaos, ServeJvm server) {
        this.out = out;
        this.directory = directory;
        this.journal = journal;
        this.chaos = chaos;
        this.server = server;
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    private void say() {
        try {
            while (true) {
                Deadline.in(EVERY).pause(EVERY);
                out.println(line());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private String line() {
        Duration since = Duration.ofNanos(System.nanoTime() - begin);
        ProcFiles serving = new ProcFiles(server.pid());
        Map<String, Integer> harm = new TreeMap<>();
        chaos.done().forEach((kind, times) -> harm.put(kind.label(), times));
        return String.format(
                "%02d:%02d  %d tests, %d passed, failed %s; harm %s; active %s, %d processes; control plane: %d descriptors, %d threads, %d MB",
                since.toMinutes(),
                since.toSecondsPart(),
                journal.tests(),
                journal.passed(),
                origins(),
                harm,
                active(),
                directory.processes().size(),
                serving.descriptors(),
                serving.threads(),
                serving.residentMegabytes());
    }

    private String origins() {
        try {
            return Results.read(directory.evidence()).origins().toString();
        } catch (IOException busy) {
            return "?";
        }
    }

    private String active() {
        try {
            return Integer.toString(server.active().size());
        } catch (BctrlException down) {
            return "?";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
