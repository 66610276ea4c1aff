package ai.bctrl.junit.internal.publish;

import ai.bctrl.junit.internal.run.LockFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells GitHub Actions of failures: a note at the line of the test, and a summary of the job. Thread-safe. */
public final class GitHubActions {
    /** GitHub refuses a summary of more than 1 MiB as a whole; other steps may add to it. */
    private static final int LARGEST_SUMMARY = 900 * 1024;

    private static final int LONGEST_MESSAGE = 2000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");

    private final SourceFiles sources;
    private final @Nullable Path workspace;
    private final @Nullable Path summary;
    private final PrintStream out;

    private GitHubActions(SourceFiles sources, @Nullable Path workspace, @Nullable Path summary, PrintStream out) {
        this.sources = sources;
        this.workspace = workspace;
        this.summary = summary;
        this.out = out;
    }

    /**
     * {@return how to tell it, or null if the tests do not run there}
     *
     * @param environment the environment variables
     * @param project the directory of the project, with its {@code src}
     * @param out standard output, which GitHub reads
     */
    public static @Nullable GitHubActions of(Map<String, String> environment, Path project, PrintStream out) {
        if (!"true".equals(environment.get("GITHUB_ACTIONS"))) {
            return null;
        }
        return new GitHubActions(
                new SourceFiles(project.toAbsolutePath().normalize()),
                path(environment.get("GITHUB_WORKSPACE")),
                path(environment.get("GITHUB_STEP_SUMMARY")),
                out);
    }

    private static @Nullable Path path(@Nullable String text) {
        try {
            return text == null || text.isBlank()
                    ? null
                    : Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException malformed) {
            return null;
        }
    }

    /** Prints the note of a failure. */
    public void error(FailedTest test) {
        StringBuilder command = new StringBuilder("::error ");
        SourceLocation location = test.location();
        Path file = location == null ? null : sources.find(test.className(), location.file());
        if (location != null && file != null) {
            command.append("file=")
                    .append(property(relative(file)))
                    .append(",line=")
                    .append(location.line())
                    .append(',');
        }
        command.append("title=").append(property(test.name())).append("::").append(data(message(test)));
        // All at once, and at the start of a line, or GitHub does not see it.
        out.print(System.lineSeparator() + command + System.lineSeparator());
        out.flush();
    }

    private static String message(FailedTest test) {
        StringBuilder message = new StringBuilder(cut(test.failure(), LONGEST_MESSAGE));
        if (test.origin() != null) {
            message.append("\nOrigin: ").append(test.origin());
        }
        if (test.lastAction() != null) {
            message.append("\nLast action: ").append(test.lastAction());
        }
        if (test.bundle() != null) {
            message.append("\nEvidence: ").append(test.bundle());
        }
        return message.toString();
    }

    private String relative(Path file) {
        Path shown = workspace != null && file.startsWith(workspace) ? workspace.relativize(file) : file;
        return shown.toString().replace('\\', '/');
    }

    /**
     * Adds to the summary of the job what this JVM did; others add theirs. Never fails.
     *
     * @param run the name of the run
     * @param passed how many attempts with a browser passed
     * @param failed those that failed
     * @param aborted how many were aborted
     */
    public void summary(String run, int passed, List<FailedTest> failed, int aborted) {
        if (summary == null || passed + failed.size() + aborted == 0) {
            return;
        }
        try {
            LockFile.holding(summary, PATIENCE, file -> {
                long room = LARGEST_SUMMARY - file.size();
                String text = new JobSummary(workspace, room).text(run, passed, failed, aborted);
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                return text;
            });
        } catch (IOException | RuntimeException unwritable) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: no summary in {0}: {1}", summary, unwritable);
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
