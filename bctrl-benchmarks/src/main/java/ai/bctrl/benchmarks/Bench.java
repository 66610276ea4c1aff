package ai.bctrl.benchmarks;

import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.report.BenchReport;
import ai.bctrl.benchmarks.report.Surroundings;
import ai.bctrl.benchmarks.report.Table;
import ai.bctrl.benchmarks.suite.FormServer;
import ai.bctrl.benchmarks.workload.BenchContext;
import ai.bctrl.benchmarks.workload.Workload;
import ai.bctrl.benchmarks.workload.Workloads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./bctrl bench}. */
@Command(
        name = "bench",
        description = "Compares managed browsers with other ways to have browsers in tests.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("chromium-headless-shell", "chrome-headless-shell", "chromium");

    @Option(names = "--quick", description = "Some minutes instead of an hour or two, with wider spreads.")
    private boolean quick = false;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ID",
            description = "Measures only these: a, b, c, d, e, f, g, h, jmh (all).")
    private @Nullable List<String> only = null;

    @Option(
            names = "--variants",
            split = ";",
            paramLabel = "NAME",
            description =
                    "Measures only these of (a), (b), (c), (d) and (h), beside @UsePlaywright, by the names in the tables:"
                            + " --variants 'embedded, context, pool; serve, context, pool' (all).")
    private @Nullable List<String> variants = null;

    @Option(
            names = "--jvm",
            split = " ",
            paramLabel = "OPTION",
            description = "Options of the JVMs that run tests, of @UsePlaywright and all others alike:"
                    + " --jvm=-XX:TieredStopAtLevel=1 (none).")
    private List<String> jvm = List.of();

    @Option(names = "--pairs", paramLabel = "N", description = "Rounds of each workload (what fits it).")
    private @Nullable Integer pairs = null;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where tables, JSON and plots are written (a new one in target/bctrl).")
    private @Nullable Path out = null;

    @Option(names = "--minimal", hidden = true, description = "As little as shows that everything works.")
    private boolean minimal = false;

    private Bench() {}

    /** Measures and ends the JVM with 0; 1 if something failed; 2 after wrong usage. */
    public static void main(String[] arguments) {
        System.exit(execute(System.out, arguments));
    }

    /** {@return the exit code} */
    static int execute(PrintStream output, String... arguments) {
        Bench bench = new Bench();
        bench.output = output;
        bench.command = "./bctrl bench " + String.join(" ", arguments);
        CommandLine line = new CommandLine(bench);
        return line.execute(arguments);
    }

    private PrintStream output = System.out;
    private String command = "";

    @Override
    public Integer call() throws Exception {
        List<Workload> chosen = only == null ? Workloads.all() : Workloads.chosen(only);
        Path directory = (out == null
                        ? Path.of("target", "bctrl", "bench-" + Instant.now().toEpochMilli())
                        : out)
                .toAbsolutePath();
        Path work = directory.resolve("work");
        Files.createDirectories(work);
        Path chromium = chromium();
        Surroundings surroundings = Surroundings.now(version(chromium), command);
        List<Result> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (FormServer pages = new FormServer()) {
            BenchContext context = new BenchContext(
                    size(), pairs, variants == null ? List.of() : variants, jvm, work, chromium, pages.url(), output);
            for (Workload workload : chosen) {
                output.println("==> (" + workload.id() + ") " + workload.title());
                try {
                    List<Result> measured = workload.run(context);
                    measured.forEach(result -> output.print(Table.of(result)));
                    results.addAll(measured);
                } catch (IOException | RuntimeException failure) {
                    failures.add(workload.id() + ": " + failure);
                    output.println("  failed: " + failure);
                }
                // After each one: what was measured stays, also where a later one is interrupted.
                new BenchReport(surroundings, results).write(directory);
            }
        }
        output.println();
        failures.forEach(failure -> output.println("failed: " + failure));
        output.println("Results: " + directory.resolve("index.html") + ", results.json");
        return failures.isEmpty() ? 0 : 1;
    }

    private BenchContext.Size size() {
        return minimal ? BenchContext.Size.MINIMAL : quick ? BenchContext.Size.QUICK : BenchContext.Size.FULL;
    }

    /** The same browser for everybody: what is named, or else the headless shell. */
    private static Path chromium() throws IOException {
        String named = System.getenv("BCTRL_CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        for (String name : SHELLS) {
            for (String place : String.valueOf(System.getenv("PATH")).split(":", -1)) {
                Path file = Path.of(place, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        throw new IOException("no Chromium on the PATH; let BCTRL_CHROMIUM name one");
    }

    private static String version(Path chromium) throws IOException {
        Process process = new ProcessBuilder(chromium.toString(), "--version").start();
        try (var text = process.getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip() + " (" + chromium.getFileName()
                    + ")";
        }
    }
}
