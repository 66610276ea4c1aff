package ai.bctrl.local.cli;

import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.model.Isolation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the API until the process is told to end. */
@Command(name = "serve", description = "Serves the API until it is stopped.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final String KEY_VARIABLE = "BCTRL_API_KEY";

    @Option(names = "--port", description = "Port to listen on, 0 for a free one (8787).")
    private int port = 8787;

    @Option(names = "--host", description = "Name or address to listen on (127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Key that may do everything (" + KEY_VARIABLE + ", which other users cannot see; or a random"
                    + " one). Repeat it to replace one key by another.")
    private List<String> apiKeys = List.of();

    @Option(names = "--read-only-api-key", paramLabel = "KEY", description = "Key that may only read (none).")
    private @Nullable String readOnlyApiKey = null;

    @Option(
            names = "--keys-file",
            paramLabel = "FILE",
            description = "Hashes of keys, as the command key writes them; read again when it changes (none).")
    private @Nullable Path keysFile = null;

    @Option(names = "--data", paramLabel = "DIR", description = "Keeps records and profiles there (nothing is kept).")
    private @Nullable Path data = null;

    @Option(names = "--chromium", paramLabel = "PATH", description = "Browser to start (looks for one).")
    private @Nullable Path chromium = null;

    @Option(names = "--extensions", paramLabel = "DIR", description = "Unpacked extensions, a directory for each id.")
    private @Nullable Path extensions = null;

    @Option(
            names = "--isolation",
            paramLabel = "KIND",
            converter = IsolationText.class,
            description =
                    "Gives runtimes that ask for nothing else a browser 'process' or a 'context' of a shared one (process).")
    private Isolation isolation = Isolation.PROCESS;

    @Option(
            names = "--no-sandbox",
            description = "Starts browsers without their sandbox, where a user other than root has none.")
    private boolean noSandbox = false;

    @Option(names = "--no-observe", description = "Writes down nothing of what happens in browsers.")
    private boolean noObserve = false;

    @Option(names = "--keep-days", paramLabel = "N", description = "Removes runs that ended longer ago (keeps all).")
    private @Nullable Integer keepDays = null;

    @Option(names = "--keep-runs", paramLabel = "N", description = "Keeps so many runs that have ended (all).")
    private @Nullable Integer keepRuns = null;

    @Option(
            names = "--keep-bytes",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Keeps so many bytes of their artifacts and recordings, such as 500m or 10g (all).")
    private @Nullable Long keepBytes = null;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Stops a browser that nobody uses, such as 30m, or none (30m).")
    private Duration idleTimeout = Duration.ofMinutes(30);

    @Option(
            names = "--max-lifetime",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Stops a browser after this time, such as 4h (none).")
    private Duration maxLifetime = Duration.ZERO;

    @Option(
            names = "--silence-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Ends a browser that gives no sign of life, such as 10s, or none (10s).")
    private Duration silenceTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--max-runtimes",
            paramLabel = "N",
            description = "Browsers at a time (as many as memory and processors bear).")
    private @Nullable Integer maxRuntimes = null;

    @Option(names = "--max-waiting", paramLabel = "N", description = "Requests in line for a browser (256).")
    private int maxWaiting = 256;

    @Option(
            names = "--queue-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long one may wait in line, such as 90s, 5m or 1h (5m).")
    private Duration queueTimeout = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String key = apiKeys.isEmpty() ? System.getenv(KEY_VARIABLE) : apiKeys.get(0);
        boolean random = key == null || key.isBlank();
        LocalBctrl local = LocalBctrl.start(LocalOptions.builder()
                .host(host)
                .port(port)
                .apiKey(random ? null : key)
                .furtherApiKeys(apiKeys.isEmpty() ? List.of() : apiKeys.subList(1, apiKeys.size()))
                .readOnlyApiKey(readOnlyApiKey)
                .keysFile(keysFile)
                .dataDirectory(data)
                .chromium(chromium)
                .extensionsDirectory(extensions)
                .isolation(isolation)
                .noSandbox(noSandbox ? Boolean.TRUE : null)
                .observe(!noObserve)
                .keepFor(keepDays == null ? null : Duration.ofDays(keepDays))
                .keepRuns(keepRuns)
                .keepBytes(keepBytes)
                .idleTimeout(DurationText.orNone(idleTimeout))
                .maxLifetime(DurationText.orNone(maxLifetime))
                .silenceTimeout(DurationText.orNone(silenceTimeout))
                .maxRuntimes(maxRuntimes)
                .maxWaiting(maxWaiting)
                .queueTimeout(queueTimeout)
                .metrics(true)
                .build());
        Runtime.getRuntime().addShutdownHook(new Thread(local::close, "bctrl-shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Listening on " + local.baseUrl());
        if (random && keysFile == null) {
            out.println("API key: " + local.apiKey());
        }
        out.flush();
        // A signal ends the JVM, whose hook closes the control plane.
        new CountDownLatch(1).await();
        return 0;
    }
}
