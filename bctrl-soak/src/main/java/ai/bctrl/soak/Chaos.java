package ai.bctrl.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Does harm at random moments; the seed says which and when, chance to whom. Its counts may be read from each thread. */
final class Chaos {
    private static final int LONGEST_PEACE_MILLIS = 4000;

    private final Random random;
    private final SoakDirectory directory;
    private final ServeJvm server;
    private final ChaosProxy proxy;
    private final Workers workers;
    private final Map<Harm, Integer> done = new EnumMap<>(Harm.class);

    Chaos(Random random, SoakDirectory directory, ServeJvm server, ChaosProxy proxy, Workers workers) {
        this.random = random;
        this.directory = directory;
        this.server = server;
        this.proxy = proxy;
        this.workers = workers;
    }

    /** Goes on until the deadline, with these kinds of harm. */
    void reign(Set<Harm> kinds, Deadline until) throws IOException, InterruptedException {
        List<Harm> draws = new ArrayList<>();
        for (Harm kind : kinds) {
            for (int i = 0; i < kind.weight(); i++) {
                draws.add(kind);
            }
        }
        while (!until.isOver()) {
            until.pause(Duration.ofMillis(500L + random.nextInt(LONGEST_PEACE_MILLIS)));
            Harm kind = draws.get(random.nextInt(draws.size()));
            if (!until.isOver() && does(kind, until)) {
                count(kind);
            }
            workers.tend();
        }
    }

    private boolean does(Harm kind, Deadline until) throws IOException, InterruptedException {
        return switch (kind) {
            case BROWSER_KILLED -> signalBrowser("KILL");
            case BROWSER_STOPPED -> signalBrowser("STOP");
            case CONNECTION_CUT -> proxy.harm(random);
            case JVM_KILLED -> workers.killOne(random);
            case SERVER_KILLED -> {
                server.kill();
                until.pause(Duration.ofMillis(random.nextInt(2000)));
                server.start();
                yield true;
            }
        };
    }

    private boolean signalBrowser(String signal) throws IOException, InterruptedException {
        List<ProcessHandle> browsers = directory.browsers();
        if (browsers.isEmpty()) {
            return false;
        }
        long pid = browsers.get(random.nextInt(browsers.size())).pid();
        return new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private synchronized void count(Harm kind) {
        done.merge(kind, 1, Integer::sum);
    }

    /** {@return how often each kind of harm was done} */
    synchronized Map<Harm, Integer> done() {
        return new EnumMap<>(done);
    }
}
