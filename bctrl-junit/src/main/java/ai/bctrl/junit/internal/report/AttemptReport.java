package ai.bctrl.junit.internal.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The report of one attempt at a test. Thread-safe for different attempts. */
public final class AttemptReport {
    private AttemptReport() {}

    /**
     * Writes {@code index.html} into the directory of an attempt, from the manifest and the files that are there now. A passing
     * attempt of the same test, if one was kept in this run or in a run beside it, is shown for comparison.
     *
     * @param attemptDirectory the directory with the manifest {@code failure.json} or {@code passed.json}
     * @return the page
     * @throws IOException if the directory cannot be listed, or the page cannot be written
     */
    public static Path write(Path attemptDirectory) throws IOException {
        Path bundle = attemptDirectory.toAbsolutePath().normalize();
        if (!Files.isDirectory(bundle)) {
            throw new IOException("there is no directory " + bundle + " to write a report of");
        }
        Path manifest = Manifest.fileIn(bundle);
        Attempt attempt;
        try {
            attempt = manifest == null
                    ? RunResults.nameless(bundle)
                    : Attempt.fromManifest(Manifest.read(manifest), bundle);
        } catch (IOException e) {
            // The page says what is wrong with the manifest.
            attempt = RunResults.nameless(bundle);
        }
        EmbeddedBundles bundles = new EmbeddedBundles(bundle, new SpaceLeft(System::nanoTime));
        JsonObject data = new ReportData(bundles, List.of(attempt))
                .build("attempt", String.valueOf(bundle.getFileName()), List.of());
        Path run = bundle.resolve("../../..").normalize();
        if (Files.exists(run.resolve("run.json")) || hasResults(run)) {
            data.addProperty("up", "../../../" + ReportPage.NAME);
            data.addProperty("upName", String.valueOf(run.getFileName()));
        }
        return ReportPage.write(bundle, data, bundles.blocks());
    }

    private static boolean hasResults(Path run) {
        try {
            return !RunResults.list(run, "results-*.jsonl").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
