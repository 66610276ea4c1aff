package ai.bctrl.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./bctrl soak}. */
@Command(
        name = "soak",
        description =
                "Runs real tests while browsers, connections, the control plane and test JVMs are killed at random.",
        mixinStandardHelpOptions = true)
public final class Soak implements Callable<Integer> {
    @Option(names = "--minutes", paramLabel = "N", description = "How long harm is done (20).")
    private int minutes = 20;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats a sequence of kills (random).")
    private @Nullable Long seed = null;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where everything is kept (a new one in target/bctrl).")
    private @Nullable Path directory = null;

    private Soak() {}

    /** Runs the soak and ends the JVM with 0; 1 if something was found; 2 after wrong usage. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        long now = Instant.now().toEpochMilli();
        Path where = directory == null ? Path.of("target", "bctrl", "soak-" + now) : directory;
        SoakOptions options = new SoakOptions(Duration.ofMinutes(minutes), seed == null ? now : seed, where);
        SoakRun run = new SoakRun(options, System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(run::abandon, "soak-abandon"));
        return run.run().isEmpty() ? 0 : 1;
    }
}
