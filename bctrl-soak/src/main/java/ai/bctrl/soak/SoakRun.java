package ai.bctrl.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One soak: first everything is killed; then the control plane lives on while the rest is, and what it holds at rest is compared. Not
 * thread-safe; runs once.
 */
final class SoakRun {
    /** The part of the time in which the control plane is killed too. */
    private static final double FIRST_PART = 0.6;

    /** An owner that is silent is given up after 20 s, and what it had is ended. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(60);

    /** Idle threads and connections go within a minute or two. */
    private static final Duration CALM_DOWN = Duration.ofSeconds(150);

    private static final int FIRST_TESTS = 8;
    private static final int WARM_UP_TESTS = 40;
    private static final Duration WARM_UP = Duration.ofMinutes(5);

    private final SoakOptions options;
    private final SoakDirectory directory;
    private final PrintStream out;
    private final Journal journal = new Journal();
    private final Findings findings;
    private @Nullable Rest before;
    private @Nullable Rest after;

    SoakRun(SoakOptions options, PrintStream out) throws IOException {
        this.options = options;
        this.directory = SoakDirectory.create(options.directory());
        this.out = out;
        this.findings = new Findings(directory, out);
    }

    /** Runs to the end. {@return what was found; empty if all is well} */
    List<String> run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Random random = new Random(options.seed());
        out.println("soak: " + options.time().toSeconds() + " s, seed " + options.seed() + ", " + directory.root());
        Map<Harm, Integer> harm;
        try (SoakSite site = new SoakSite();
                ServeJvm server = new ServeJvm(directory, random);
                ChaosProxy proxy = new ChaosProxy(server.port())) {
            server.start();
            Workers workers = new Workers(directory, proxy.baseUrl(), site.url(), journal, findings);
            Chaos chaos = new Chaos(random, directory, server, proxy, workers);
            try (Progress progress = new Progress(out, directory, journal, chaos, server)) {
                progress.begin();
                awaitPassed(workers, FIRST_TESTS);
                chaos.reign(EnumSet.allOf(Harm.class), part(FIRST_PART));
                rest(workers, server);
                measured(chaos, workers, server);
            } finally {
                workers.killAll();
            }
            harm = chaos.done();
        }
        awaitNothing("after the control plane has ended", null);
        Results results = Results.read(directory.evidence());
        results.unclassified(journal.failures()).forEach(findings::add);
        report(results, harm, Duration.ofNanos(System.nanoTime() - begin));
        return findings.all();
    }

    private void awaitPassed(Workers workers, int tests) throws IOException, InterruptedException {
        int known = journal.passed();
        Deadline deadline = Deadline.in(WARM_UP);
        while (journal.passed() < known + tests) {
            if (deadline.isOver()) {
                findings.add((journal.passed() - known) + " of " + tests + " tests passed within " + WARM_UP.toMinutes()
                        + " min although nothing was killed");
                return;
            }
            workers.tend();
            deadline.pause(Duration.ofMillis(500));
        }
    }

    /** Ends what this soak has started, when it is interrupted itself. Callable from any thread. */
    void abandon() {
        directory.killAll();
    }

    private Deadline part(double part) {
        return Deadline.in(Duration.ofMillis((long) (options.time().toMillis() * part)));
    }

    /** The control plane is a new one, so that its start is known. */
    private void measured(Chaos chaos, Workers workers, ServeJvm server) throws IOException, InterruptedException {
        server.kill();
        server.start();
        awaitPassed(workers, WARM_UP_TESTS);
        rest(workers, server);
        before = Rest.of(server.pid(), directory.log("objects-before"));
        out.println("soak: the control plane at rest: " + before);
        workers.tend();
        Set<Harm> others = EnumSet.complementOf(EnumSet.of(Harm.SERVER_KILLED));
        chaos.reign(others, part(1 - FIRST_PART));
        rest(workers, server);
        if (!server.isAlive()) {
            findings.add("the control plane ended by itself");
            return;
        }
        Deadline calm = Deadline.in(CALM_DOWN);
        Rest last = Rest.of(server.pid(), directory.log("objects-after"));
        while (!last.moreThan(before).isEmpty() && !calm.isOver()) {
            calm.pause(Duration.ofSeconds(5));
            last = Rest.of(server.pid(), directory.log("objects-after"));
        }
        after = last;
        out.println("soak: the control plane at rest: " + after);
        after.moreThan(before).forEach(findings::add);
    }

    private void rest(Workers workers, ServeJvm server) throws IOException, InterruptedException {
        workers.end();
        awaitNothing("when the tests had ended", server);
    }

    /** Only the control plane may be left. */
    private void awaitNothing(String when, @Nullable ServeJvm server) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(CLEAN_UP);
        String left = left(server);
        while (!left.isEmpty() && !deadline.isOver()) {
            deadline.pause(Duration.ofMillis(500));
            left = left(server);
        }
        if (!left.isEmpty()) {
            findings.add("left " + when + ": " + left);
        }
    }

    private String left(@Nullable ServeJvm server) throws IOException {
        long serving = server == null ? 0 : server.pid();
        List<String> processes = directory.processes().stream()
                .filter(process -> process.pid() != serving)
                .map(process -> process.pid() + " " + Texts.start(new ProcFiles(process.pid()).commandLine(), 120))
                .toList();
        List<String> active = server == null ? List.of() : server.active();
        List<Path> files = directory.leftovers();
        return (processes.isEmpty() ? "" : processes.size() + " processes " + processes + " ")
                + (active.isEmpty() ? "" : active.size() + " active runtimes " + active + " ")
                + (files.isEmpty() ? "" : files.size() + " directories " + files);
    }

    private void report(Results results, Map<Harm, Integer> harm, Duration took) throws IOException {
        JsonObject report = new JsonObject();
        report.addProperty("seed", options.seed());
        report.addProperty("seconds", took.toSeconds());
        report.addProperty("tests", journal.tests());
        report.addProperty("passed", journal.passed());
        report.addProperty("failed", journal.failures().size());
        Map<String, Integer> harms = new TreeMap<>();
        harm.forEach((kind, times) -> harms.put(kind.label(), times));
        report.add("failuresByOrigin", Texts.json(results.origins()));
        report.add("harm", Texts.json(harms));
        report.addProperty("restBefore", String.valueOf(before));
        report.addProperty("restAfter", String.valueOf(after));
        JsonArray found = new JsonArray();
        findings.all().forEach(found::add);
        report.add("findings", found);
        Path file = directory.root().resolve("soak.json");
        Files.writeString(file, report + "\n");
        out.println("soak: " + journal.tests() + " tests, " + journal.passed() + " passed, "
                + journal.failures().size() + " failed " + results.origins() + ", harm " + harms + ", "
                + took.toSeconds() + " s");
        out.println("soak: "
                + (findings.all().isEmpty() ? "nothing" : findings.all().size() + " things") + " found; " + file);
    }
}
