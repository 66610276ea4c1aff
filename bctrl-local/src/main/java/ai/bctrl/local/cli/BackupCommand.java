package ai.bctrl.local.cli;

import ai.bctrl.local.DataDirectoryException;
import ai.bctrl.local.LocalBctrlException;
import ai.bctrl.local.internal.http.ServingFile;
import ai.bctrl.local.internal.service.Backups;
import ai.bctrl.local.internal.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a data directory, also while a control plane uses it. */
@Command(
        name = "backup",
        description = "Copies a data directory into a zip file, also while it is used.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory.")
    private @Nullable Path data = null;

    @Option(names = "--base-url", paramLabel = "URL", description = "A control plane elsewhere, instead of --data.")
    private @Nullable String baseUrl = null;

    @Option(names = "--api-key", paramLabel = "KEY", description = "Its key that may do everything (BCTRL_API_KEY).")
    private @Nullable String apiKey = null;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The file to make; must not exist.")
    private Path to = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if ((data == null) == (baseUrl == null)) {
            throw new LocalBctrlException("give either --data or --base-url", null);
        } else if (Files.exists(to)) {
            throw new LocalBctrlException(to + " exists; name another file", null);
        }
        Path target = to.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                copy(out);
            }
            try (ZipFile whole = new ZipFile(part.toFile())) {
                spec.commandLine().getOut().println("Copied " + (whole.size() - 1) + " files into " + to);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return 0;
        } catch (IOException failed) {
            throw new LocalBctrlException("the backup " + to + " was not made: " + failed, failed);
        } finally {
            drop(part);
        }
    }

    private static void drop(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            // The next backup to the same file writes over it.
        }
    }

    private void copy(OutputStream out) throws IOException, InterruptedException {
        if (baseUrl != null) {
            fetch(baseUrl, apiKey == null ? String.valueOf(System.getenv("BCTRL_API_KEY")) : apiKey, out);
            return;
        }
        Path directory = java.util.Objects.requireNonNull(data);
        try {
            if (!Files.isDirectory(directory)) {
                throw new LocalBctrlException(directory + " is no directory", null);
            }
            Backups.writeUnused(directory, out);
        } catch (StoreException failed) {
            if (failed.problem() != StoreException.Problem.IN_USE) {
                throw new DataDirectoryException(
                        DataDirectoryException.Reason.valueOf(failed.problem().name()),
                        String.valueOf(failed.getMessage()),
                        failed);
            }
            ServingFile serving = ServingFile.read(directory);
            fetch(serving.url(), serving.token(), out);
        }
    }

    private static void fetch(String url, String key, OutputStream out) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url.replaceFirst("/+$", "").replaceFirst("/v1$", "") + "/backup"))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build()
                .send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                String said = new String(body.readNBytes(1000), StandardCharsets.UTF_8);
                throw new IOException("the control plane answers " + response.statusCode() + " " + said);
            }
            try {
                body.transferTo(out);
            } catch (IOException brokenOff) {
                throw new IOException("the control plane broke off; its log says why", brokenOff);
            }
        }
    }
}
