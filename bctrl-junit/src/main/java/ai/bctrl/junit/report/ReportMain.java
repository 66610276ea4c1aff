package ai.bctrl.junit.report;

import ai.bctrl.junit.internal.report.RunReport;
import ai.bctrl.junit.internal.report.server.ReportServer;
import ai.bctrl.junit.internal.report.server.RunSearch;
import ai.bctrl.playwright.TraceViewerFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code report}: serves the report of a run on 127.0.0.1, with Playwright's trace viewer, until it is
 * interrupted. Not thread-safe; it is the main class of a process.
 */
public final class ReportMain {
    private static final String USAGE = "usage: bctrl report [--port PORT] [DIR]";
    private static final int LARGEST_PORT = 65_535;

    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    private ReportMain(Path here, PrintStream out, PrintStream err) {
        this.here = here;
        this.out = out;
        this.err = err;
    }

    /**
     * Serves until the process is ended. Ends the JVM with 1 after a failure, or 2 after wrong usage.
     *
     * @param arguments {@code [--port PORT] [DIR]}: DIR is a run, a directory of runs (its newest one is served) or a part of a
     *     run; without it the newest run below the current directory is served. Port 0, the default, is a free one
     */
    public static void main(String[] arguments) {
        ReportMain main = new ReportMain(Path.of("").toAbsolutePath(), System.out, System.err);
        int status = main.run(arguments);
        if (status != 0) {
            System.exit(status);
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int run(String[] arguments) {
        int port = 0;
        String directory = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--port") && i + 1 < arguments.length) {
                port = port(arguments[++i]);
            } else if (arguments[i].startsWith("-") || directory != null) {
                return wrong("unknown argument \"" + arguments[i] + "\"");
            } else {
                directory = arguments[i];
            }
        }
        if (port < 0) {
            return wrong("--port takes a number from 0 to " + LARGEST_PORT);
        }
        try {
            return serve(directory, port);
        } catch (BindException e) {
            err.println("bctrl: port " + port + " is taken; choose another one, or leave --port out for a free one");
        } catch (InvalidPathException e) {
            return wrong("\"" + directory + "\" is no path");
        } catch (IOException e) {
            err.println("bctrl: " + e.getMessage());
        }
        return 1;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= LARGEST_PORT ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int wrong(String what) {
        err.println("bctrl: " + what);
        err.println(USAGE);
        return 2;
    }

    private int serve(@Nullable String directory, int port) throws IOException {
        Path run = directory == null ? RunSearch.newest(here) : RunSearch.at(here.resolve(directory));
        if (run == null) {
            err.println("bctrl: there is no run in "
                    + (directory == null
                            ? "any of " + String.join(", ", RunSearch.PLACES) + " below " + here
                            : here.resolve(directory).normalize())
                    + "; name the directory of one, or run tests that fail");
            return 1;
        }
        page(run);
        ReportServer server = ReportServer.start(run, viewer(), port);
        out.println("Run     " + run);
        out.println("Report  " + server.url());
        out.println("Ctrl-C ends it.");
        out.flush();
        return 0;
    }

    private @Nullable Path viewer() {
        try {
            return TraceViewerFiles.directory();
        } catch (IOException e) {
            err.println("bctrl: traces cannot be opened: " + e.getMessage());
            return null;
        }
    }

    /** Writes the page where it is missing or older than the results: a run that was killed has none. */
    private void page(Path run) throws IOException {
        Path page = run.resolve("index.html");
        if (Files.isRegularFile(page) && !RunReport.isOutdated(run)) {
            return;
        }
        try {
            RunReport.write(run);
        } catch (IOException e) {
            if (!Files.isRegularFile(page)) {
                throw e;
            }
            err.println("bctrl: the report is an older one, as it cannot be written anew: " + e.getMessage());
        }
    }
}
