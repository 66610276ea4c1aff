package ai.bctrl.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The JVMs that run tests, each started again when it was killed. Thread-safe. */
final class Workers {
    private static final int COUNT = 4;

    /** No test takes nearly as long, whatever happens to it. */
    private static final Duration HANGS = Duration.ofMinutes(2);

    private final SoakDirectory directory;
    private final String service;
    private final String site;
    private final Journal journal;
    private final Findings findings;
    private final List<WorkerJvm> living = new ArrayList<>();
    private int lives;

    Workers(SoakDirectory directory, String service, String site, Journal journal, Findings findings) {
        this.directory = directory;
        this.service = service;
        this.site = site;
        this.journal = journal;
        this.findings = findings;
    }

    /** Starts those that are missing; finds out who hangs, or has ended by itself. */
    synchronized void tend() throws IOException {
        for (WorkerJvm worker : List.copyOf(living)) {
            if (worker.isAlive() && worker.silence().compareTo(HANGS) > 0) {
                hangs(worker);
            }
            if (!worker.isAlive()) {
                living.remove(worker);
                if (worker.endedByItself()) {
                    findings.add(worker.run() + " ended by itself with code " + worker.exitCode());
                }
            }
        }
        while (living.size() < COUNT) {
            lives++;
            living.add(WorkerJvm.start(directory, "worker-" + lives, service, site, journal));
        }
    }

    private void hangs(WorkerJvm worker) {
        findings.add(worker.run() + " hangs: its threads are in " + findings.threadsOf(worker.run(), worker.pid()));
        worker.kill();
    }

    synchronized boolean killOne(Random random) {
        if (living.isEmpty()) {
            return false;
        }
        living.get(random.nextInt(living.size())).kill();
        return true;
    }

    /** Lets all finish what they do. */
    synchronized void end() throws InterruptedException {
        living.forEach(WorkerJvm::tellToEnd);
        for (WorkerJvm worker : living) {
            while (!worker.awaitEnd(Duration.ofMillis(200))) {
                if (worker.silence().compareTo(HANGS) > 0) {
                    hangs(worker);
                    findings.awaitKilled(worker);
                    break;
                }
            }
        }
        living.clear();
    }

    synchronized void killAll() {
        living.forEach(WorkerJvm::kill);
        living.clear();
    }
}
