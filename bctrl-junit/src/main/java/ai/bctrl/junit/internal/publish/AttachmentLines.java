package ai.bctrl.junit.internal.publish;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines on standard output by which Jenkins, GitLab and Azure find files of a test: they read them in the reports of
 * Surefire and Gradle, which have no other place for files. Thread-safe.
 */
public final class AttachmentLines {
    private static final Pattern SCREENSHOT = Pattern.compile("page-\\d+(\\.full)?\\.png");
    private static final Pattern OTHER = Pattern.compile("index\\.html|failure\\.md|trace\\.zip|.*\\.(webm|mp4)");
    private static final List<String> MARKS = List.of("JENKINS_URL", "GITLAB_CI", "TF_BUILD");

    private final PrintStream out;

    /** Creates one that prints there. */
    public AttachmentLines(PrintStream out) {
        this.out = out;
    }

    /**
     * {@return whether the lines are wanted}
     *
     * @param setting {@code true}, {@code false}, or {@code auto} for where a CI server runs the tests
     * @param environment the environment variables
     */
    public static boolean wanted(String setting, Map<String, String> environment) {
        return switch (setting.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                "true".equalsIgnoreCase(environment.get("CI"))
                        || MARKS.stream()
                                .anyMatch(mark ->
                                        !environment.getOrDefault(mark, "").isBlank());
        };
    }

    /**
     * Prints a line for each of the files that people look at; screenshots come first, because some tools show only one.
     *
     * @param bundle the directory of the files
     * @param names their names
     */
    public void print(Path bundle, List<String> names) {
        String lines = names.stream()
                .filter(name -> isScreenshot(name) || OTHER.matcher(name).matches())
                .sorted(Comparator.comparing(name -> !isScreenshot(name)))
                .map(name -> bundle.resolve(name).toAbsolutePath().normalize().toString())
                .filter(path -> path.chars().noneMatch(c -> c < ' '))
                .map(path -> "[[ATTACHMENT|" + path + "]]" + System.lineSeparator())
                .collect(Collectors.joining());
        if (!lines.isEmpty()) {
            // All at once, so that no other test prints in between; a test may have left its line unfinished.
            out.print(System.lineSeparator() + lines);
            out.flush();
        }
    }

    private static boolean isScreenshot(String name) {
        return SCREENSHOT.matcher(name).matches();
    }
}
