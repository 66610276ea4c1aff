package ai.bctrl.junit.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report of a run. Thread-safe: several JVMs may write it, and the last one's stays. */
public final class RunReport {
    private RunReport() {}

    /**
     * Writes {@code index.html} into the directory of a run, with everything that is there now. Lines and files that are
     * half written, broken or missing are named in the report and do no other harm. The page stays below 25 MB: what does not
     * fit is a link to its file.
     *
     * @param runDirectory the directory with the {@code results-*.jsonl} and the bundles
     * @return the page
     * @throws IOException if the directory cannot be listed, a file of results cannot be read, or the page cannot be written
     */
    public static Path write(Path runDirectory) throws IOException {
        Path run = runDirectory.toAbsolutePath().normalize();
        if (!Files.isDirectory(run)) {
            throw new IOException("there is no directory " + run + " to write a report of");
        }
        RunResults results = RunResults.read(run);
        EmbeddedBundles bundles = new EmbeddedBundles(run, new SpaceLeft(System::nanoTime));
        return ReportPage.write(
                run,
                new ReportData(bundles, results.attempts())
                        .build("run", String.valueOf(run.getFileName()), results.problems()),
                bundles.blocks());
    }

    /** {@return whether a directory is that of a run: it has results, bundles, or the run's marker} */
    public static boolean isRun(Path directory) {
        return RunResults.isRun(directory);
    }
}
