package ai.bctrl.local.cli;

import ai.bctrl.BctrlClient;
import ai.bctrl.runtime.Prune;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stops browsers that somebody left behind. */
@Command(
        name = "prune",
        description = "Stops browsers that were left behind on a running service, and says how many.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all that were meant are stopped, or there were none",
            " 1:the service did not answer, or some could not be stopped",
            " 2:wrong usage"
        })
final class PruneCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "ID", description = "Stops those of this run (bctrl.run, BCTRL_RUN).")
    private @Nullable String run = null;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Stops those that were made longer ago, such as 2h.")
    private @Nullable Duration olderThan = null;

    @Option(names = "--all", description = "Stops all, whoever uses them.")
    private boolean all = false;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Address of the service (BCTRL_BASE_URL, or the hosted one).")
    private @Nullable String baseUrl = null;

    @Option(names = "--api-key", paramLabel = "KEY", description = "Key of the service (BCTRL_API_KEY).")
    private @Nullable String apiKey = null;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (all == (run != null || olderThan != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say which browsers to stop: --run ID, --older-than TIME or both, or else --all");
        }
        Prune prune = new Prune(run, olderThan);
        try (BctrlClient client = client()) {
            Prune.Result result = prune.stop(client);
            PrintWriter out = spec.commandLine().getOut();
            int stopped = result.stopped().size();
            out.println("bctrl: stopped " + (stopped == 0 ? "no" : stopped) + (stopped == 1 ? " browser" : " browsers")
                    + of(prune) + " on " + client.origin()
                    + (result.failed().isEmpty() ? "" : "; not stopped: " + String.join(", ", result.failed())));
            out.flush();
            return result.failed().isEmpty() ? 0 : 1;
        }
    }

    private static String of(Prune prune) {
        Duration age = prune.olderThan();
        return (prune.run() == null ? "" : " of run " + prune.run())
                + (age == null ? "" : " older than " + DurationText.of(age));
    }

    private BctrlClient client() {
        String key = firstOf(apiKey, "BCTRL_API_KEY");
        String url = firstOf(baseUrl, "BCTRL_BASE_URL", "BCTRL_API_BASE_URL");
        if (key == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing the key of the service: pass --api-key or set BCTRL_API_KEY");
        }
        return BctrlClient.builder()
                .apiKey(key)
                .baseUrl(url == null ? BctrlClient.HOSTED_URL : url)
                .build();
    }

    private static @Nullable String firstOf(@Nullable String option, String... variables) {
        if (option != null) {
            return option;
        }
        for (String variable : variables) {
            String value = System.getenv(variable);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
