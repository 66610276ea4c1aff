package ai.bctrl.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One life of a worker. Thread-safe. */
final class WorkerJvm {
    private final String run;
    private final Process process;
    private final Journal journal;
    private final PrintStream log;
    private volatile long heard = System.nanoTime();
    private volatile boolean mayEnd;

    private WorkerJvm(String run, Process process, Journal journal, PrintStream log) {
        this.run = run;
        this.process = process;
        this.journal = journal;
        this.log = log;
    }

    /** Starts it with a run of that name. */
    static WorkerJvm start(SoakDirectory directory, String run, String service, String site, Journal journal)
            throws IOException {
        Process process = directory
                .java(
                        192,
                        List.of(
                                "-D" + SoakWorker.SITE + "=" + site,
                                "-Dbctrl.baseUrl=" + service,
                                "-Dbctrl.apiKey=" + ServeJvm.KEY,
                                "-Dbctrl.run=" + run,
                                "-Dbctrl.evidenceDirectory=" + directory.evidence(),
                                "-Dbctrl.keepRuns=100000",
                                "-Dbctrl.attachments=false",
                                // On loopback it is off, as nothing there falls silent; here it does.
                                "-Dbctrl.silenceSeconds=2",
                                "-Djunit.platform.reporting.output.dir="
                                        + directory.root().resolve("published"),
                                SoakWorker.class.getName()))
                .redirectErrorStream(true)
                .start();
        WorkerJvm worker = new WorkerJvm(
                run,
                process,
                journal,
                new PrintStream(Files.newOutputStream(directory.log(run)), true, StandardCharsets.UTF_8));
        ProxiedConnection.thread("soak-reader-" + run, worker::read);
        return worker;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                log) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard = System.nanoTime();
                log.println(line);
                if (line.startsWith(SoakWorker.BEGUN)) {
                    journal.begun();
                } else if (line.startsWith(SoakWorker.ENDED)) {
                    journal.ended(run, line.substring(SoakWorker.ENDED.length()));
                }
            }
        } catch (IOException killed) {
            // What it said until then is known.
        }
    }

    String run() {
        return run;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return whether it ended although nobody killed it or told it to} */
    boolean endedByItself() {
        return !process.isAlive() && !mayEnd;
    }

    int exitCode() {
        return process.exitValue();
    }

    /** {@return how long it has said nothing} */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    /** SIGKILL. */
    void kill() {
        mayEnd = true;
        process.destroyForcibly();
    }

    /** Tells it to end after the tests that run. */
    void tellToEnd() {
        mayEnd = true;
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // It has ended.
        }
    }

    boolean awaitEnd(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
