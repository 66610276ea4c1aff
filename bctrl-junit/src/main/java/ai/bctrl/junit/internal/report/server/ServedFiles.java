package ai.bctrl.junit.internal.report.server;

import ai.bctrl.junit.internal.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Maps paths of addresses to files, of which only those of runs and of the trace viewer are there. */
final class ServedFiles {
    static final String RUN = "/run/";
    static final String TRACE = "/trace/";
    private static final String REPORT = "index.html";

    /** A file, its media type, and whether it is one of our own pages and not a captured one. */
    record Served(Path file, String mediaType, boolean trusted) {}

    private final Path runs;
    private final Path run;
    private final @Nullable Path viewer;

    /**
     * @param run the directory of a run; the runs beside it are served, too, as its report links what it is compared with
     * @param viewer the trace viewer, or null if there is none
     */
    ServedFiles(Path run, @Nullable Path viewer) throws IOException {
        this.run = run.toRealPath();
        Path parent = this.run.getParent();
        this.runs = parent == null ? this.run : parent;
        this.viewer = viewer == null ? null : viewer.toRealPath();
    }

    /** {@return the path under which the report is served} */
    String home() {
        return RUN + run.getFileName() + "/" + REPORT;
    }

    /** {@return what a decoded path means, or null if there is no such file} */
    @Nullable
    Served find(String path) {
        if (path.startsWith(RUN)) {
            return kept(path.substring(RUN.length()));
        } else if (path.startsWith(TRACE) && viewer != null) {
            String name = path.equals(TRACE) ? "index.html" : path.substring(TRACE.length());
            Path file = below(viewer, name);
            return file == null ? null : new Served(file, MediaType.ofApplication(name), true);
        }
        return null;
    }

    private @Nullable Served kept(String name) {
        Path file = below(runs, name);
        if (file == null) {
            return null;
        }
        Path relative = runs.relativize(file);
        Path owner = runs.resolve(relative.getName(0));
        if (relative.getNameCount() < 2 || !(owner.equals(run) || RunReport.isRun(owner))) {
            return null;
        }
        if (isReport(relative)) {
            return new Served(file, "text/html; charset=utf-8", true);
        }
        return new Served(file, MediaType.ofKept(String.valueOf(file.getFileName())), false);
    }

    /** Reports lie at two places; any other page was captured. */
    private static boolean isReport(Path relative) {
        return relative.endsWith(REPORT)
                && (relative.getNameCount() == 2
                        || (relative.getNameCount() == 5
                                && relative.getName(3).toString().startsWith("attempt-")));
    }

    /** {@return the regular file of that name below a directory, links followed only while they stay there} */
    private static @Nullable Path below(Path root, String name) {
        if (name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            return null;
        }
        try {
            Path file = root.resolve(name).normalize();
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                return null;
            }
            // The file itself, so that a link out of the directory is no way out of it.
            return file.toRealPath().equals(file) ? file : null;
        } catch (InvalidPathException | IOException e) {
            return null;
        }
    }
}
