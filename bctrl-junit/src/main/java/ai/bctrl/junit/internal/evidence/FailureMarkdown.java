package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.internal.har.Exchange;
import ai.bctrl.junit.internal.trace.Action;
import ai.bctrl.junit.internal.trace.ConsoleLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code failure.md}: short enough to be pasted into a ticket or given to a coding agent. */
final class FailureMarkdown {
    private static final int MOST_ACTIONS = 15;
    private static final int MOST_ROWS = 20;
    private static final int MOST_ARIA_LINES = 150;
    private static final int LONGEST_MESSAGE = 4000;
    private static final int LONGEST_TEXT = 300;
    private static final Set<String> BAD_LEVELS = Set.of("error", "pageerror", "assert");

    private final Collected collected;
    private final Failure failure;
    private final Attempt attempt;
    private final StringBuilder text = new StringBuilder();

    FailureMarkdown(Collected collected, Failure failure) {
        this.collected = collected;
        this.failure = failure;
        this.attempt = collected.attempt();
    }

    String render() {
        line("# " + attempt.test().shortName() + " failed: " + failure.origin().title());
        facts();
        block(
                "What failed",
                "text",
                cut(attempt.redact().apply(FailureText.headline(failure.thrown())), LONGEST_MESSAGE));
        actions();
        requests();
        console();
        aria();
        files();
        return text.toString();
    }

    private void facts() {
        fact(
                "Test",
                attempt.shownTest().displayName() + " (attempt "
                        + collected.bundle().attempt() + ")");
        StackTraceElement at =
                FailureText.location(failure.thrown(), attempt.test().className());
        fact("Where", failure.place().label() + (at == null ? "" : ", " + at.getFileName() + ":" + at.getLineNumber()));
        fact("Page", collected.pageUrl());
        fact("When", attempt.time().toString());
        fact("Run", attempt.runId());
        line("");
    }

    private void fact(String name, @Nullable String value) {
        if (value != null) {
            line("- " + name + ": " + oneLine(value));
        }
    }

    private void actions() {
        List<Action> all = collected.actions();
        if (all.isEmpty()) {
            return;
        }
        line("## Last actions");
        line("");
        for (Action action : all.subList(Math.max(0, all.size() - MOST_ACTIONS), all.size())) {
            String error = action.error();
            line((error == null ? "- " : "- **failed** ") + code(cut(action.title(), LONGEST_TEXT)) + " "
                    + action.duration().toMillis() + " ms"
                    + (error == null ? "" : ": " + oneLine(cut(error, LONGEST_TEXT))));
        }
        line("");
    }

    private void requests() {
        List<Exchange> failed =
                collected.exchanges().stream().filter(FailureMarkdown::isFailed).toList();
        if (failed.isEmpty()) {
            return;
        }
        line("## Failed requests");
        line("");
        for (Exchange exchange : failed.subList(0, Math.min(MOST_ROWS, failed.size()))) {
            String reason = exchange.failure();
            line("- " + code(exchange.method() + " " + cut(exchange.url(), LONGEST_TEXT)) + " "
                    + (reason == null ? exchange.status() : oneLine(reason)));
        }
        more(failed.size());
    }

    private static boolean isFailed(Exchange exchange) {
        return exchange.failure() != null || exchange.status() >= 400;
    }

    private void console() {
        List<ConsoleLine> errors = collected.console().stream()
                .filter(row -> BAD_LEVELS.contains(row.level()))
                .toList();
        if (errors.isEmpty()) {
            return;
        }
        line("## Errors in the console");
        line("");
        for (ConsoleLine error : errors.subList(0, Math.min(MOST_ROWS, errors.size()))) {
            line("- " + code(oneLine(cut(error.text(), LONGEST_TEXT))));
        }
        more(errors.size());
    }

    private void more(int number) {
        if (number > MOST_ROWS) {
            line("- … and " + (number - MOST_ROWS) + " more");
        }
        line("");
    }

    private void aria() {
        Path file = collected.bundle().directory().resolve("page-1.aria.yaml");
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            String shown = String.join("\n", lines.subList(0, Math.min(MOST_ARIA_LINES, lines.size())));
            block(
                    "The page (ARIA snapshot)",
                    "yaml",
                    shown
                            + (lines.size() > MOST_ARIA_LINES
                                    ? "\n# … " + (lines.size() - MOST_ARIA_LINES) + " lines more"
                                    : ""));
        } catch (IOException unreadable) {
            line("The ARIA snapshot could not be read: " + unreadable.getMessage());
        }
    }

    private void files() {
        line("## Files beside this one");
        line("");
        for (Bundle.Item item : collected.bundle().items()) {
            line("- " + code(item.name()) + " " + item.kind());
        }
    }

    private void block(String title, String language, String content) {
        // A fence longer than any in the content: a page may print what it likes.
        String fence = longerThanAny("```", content);
        line("## " + title);
        line("");
        line(fence + language);
        line(content.stripTrailing());
        line(fence);
        line("");
    }

    private static String longerThanAny(String shortest, String content) {
        String mark = shortest;
        while (content.contains(mark)) {
            mark += "`";
        }
        return mark;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String code(String content) {
        String safe = oneLine(content);
        if (!safe.contains("`")) {
            return "`" + safe + "`";
        }
        String mark = longerThanAny("``", safe);
        return mark + " " + safe + " " + mark;
    }

    private static String oneLine(String content) {
        return content.replaceAll("\\s*\\R\\s*", " ").strip();
    }

    private static String cut(String content, int longest) {
        return content.length() > longest ? content.substring(0, longest) + "…" : content;
    }
}
