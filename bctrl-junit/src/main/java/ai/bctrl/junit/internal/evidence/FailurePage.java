package ai.bctrl.junit.internal.evidence;

import ai.bctrl.model.RunEvent;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeLease;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code index.html}: one page without scripts that shows the whole bundle. */
final class FailurePage {
    private static final int MOST_EVENTS = 300;
    private static final int LONGEST_DATA = 400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final FailureSummary summary;
    private final Path directory;
    private final Html html = new Html();

    private FailurePage(FailureSummary summary, Path directory) {
        this.summary = summary;
        this.directory = directory;
    }

    static String render(FailureSummary summary, Path directory) throws IOException {
        return new FailurePage(summary, directory).page();
    }

    private String page() throws IOException {
        String css = resource("failure.css");
        TestName test = summary.attempt().test();
        html.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                        + "style-src 'sha256-" + sha256(css) + "'; base-uri 'none'; form-action 'none'\">\n")
                .markup("<meta name=\"referrer\" content=\"no-referrer\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", "", "Failed: " + test.shortName())
                .markup("\n<style>" + css + "</style>\n</head>\n<body>\n<main>\n");
        header(test);
        failure();
        screenshots();
        phases();
        trace();
        events();
        files();
        return html.markup("</main>\n</body>\n</html>\n").toString();
    }

    private void header(TestName test) {
        RuntimeLease lease = summary.attempt().session().lease();
        html.markup("<header>\n")
                .element("div", "class=\"verdict\"", "Failed")
                .markup("\n")
                .element("h1", "", test.displayName())
                .markup("\n")
                .element("div", "class=\"soft mono\"", test.shortName())
                .markup("\n</header>\n<dl>\n");
        fact("When", TIME.format(summary.attempt().time()));
        fact("Run", lease.runId());
        fact("Runtime", lease.runtimeId());
        html.markup("</dl>\n");
    }

    private void fact(String name, @Nullable String value) {
        html.element("dt", "", name)
                .element("dd", "class=\"mono\"", value == null ? "none" : value)
                .markup("\n");
    }

    private void failure() throws IOException {
        html.markup("<h2>What went wrong</h2>\n")
                .element("pre", "class=\"failure\"", summary.failureHeadline())
                .markup("\n<details><summary>Stack trace</summary>\n")
                .element("pre", "", Files.readString(directory.resolve("failure.txt")))
                .markup("\n</details>\n");
    }

    private void screenshots() throws IOException {
        html.markup("<h2>What the browser showed</h2>\n");
        List<Bundle.Item> shots = items(Kind.SCREENSHOT);
        for (Bundle.Item shot : shots) {
            byte[] image = Files.readAllBytes(directory.resolve(shot.name()));
            html.markup("<figure>\n<figcaption class=\"mono soft\">")
                    .text(shot.note() == null ? shot.name() : shot.note())
                    .markup("</figcaption>\n<img alt=\"" + Html.escape("Screenshot " + shot.name())
                            + "\" src=\"data:image/png;base64,"
                            + Base64.getEncoder().encodeToString(image) + "\">\n</figure>\n");
        }
        missing(Kind.SCREENSHOT);
    }

    private void phases() {
        List<PhaseTimes.Phase> phases = summary.phases().phases();
        long longest = phases.stream()
                .mapToLong(phase -> phase.duration().toMillis())
                .max()
                .orElse(1);
        html.markup("<h2>Where the time went</h2>\n<table>\n");
        for (PhaseTimes.Phase phase : phases) {
            long millis = phase.duration().toMillis();
            html.markup("<tr>")
                    .element("td", "class=\"nowrap\"", phase.name())
                    .element("td", "class=\"number\"", millis + " ms")
                    .markup("<td class=\"bar\"><meter min=\"0\" max=\"" + Math.max(1, longest) + "\" value=\"" + millis
                            + "\"></meter></td></tr>\n");
        }
        html.markup("</table>\n");
    }

    private void trace() {
        html.markup("<h2>Trace</h2>\n");
        if (!items(Kind.TRACE).isEmpty()) {
            html.markup("<p>Every step of the test with snapshots of the page: open "
                            + "<a href=\"trace.zip\">trace.zip</a> in Playwright&#39;s trace viewer, with one of</p>\n")
                    .element(
                            "pre",
                            "",
                            "npx playwright show-trace --host 127.0.0.1 trace.zip\n"
                                    + "java -cp <test class path> com.microsoft.playwright.CLI"
                                    + " show-trace --host 127.0.0.1 trace.zip")
                    .markup("\n");
        }
        missing(Kind.TRACE);
    }

    private void events() {
        List<RunEvent> events = summary.events();
        html.markup("<h2>Events of the run</h2>\n");
        if (!events.isEmpty()) {
            html.markup("<table>\n<tr><th>Time</th><th>Event</th><th>Source</th><th>Data</th></tr>\n");
            events.stream().limit(MOST_EVENTS).forEach(this::event);
            html.markup("</table>\n");
        }
        if (events.size() > MOST_EVENTS) {
            html.element("p", "class=\"soft\"", "The first " + MOST_EVENTS + " of " + events.size() + ".");
        }
        missing(Kind.EVENTS);
    }

    private void event(RunEvent event) {
        String data = event.data() == null
                ? ""
                : summary.attempt().redaction().apply(event.data().toString());
        html.markup("<tr>")
                .element("td", "class=\"nowrap mono\"", event.time())
                .element("td", "class=\"nowrap\"", event.type())
                .element("td", "class=\"soft\"", event.source())
                .element(
                        "td",
                        "class=\"data mono\"",
                        data.length() > LONGEST_DATA ? data.substring(0, LONGEST_DATA) + "…" : data)
                .markup("</tr>\n");
    }

    private void files() {
        html.markup("<h2>Files</h2>\n<table>\n<tr><th>File</th><th>Kind</th><th class=\"number\">Bytes</th></tr>\n");
        for (Bundle.Item item : summary.items()) {
            // Relative, so that the directory can be moved; the name is safe, yet it is a path in a URL.
            String href = URLEncoder.encode(item.name(), StandardCharsets.UTF_8).replace("+", "%20");
            html.markup("<tr><td class=\"data\"><a href=\"./" + href + "\">")
                    .text(item.name())
                    .markup("</a></td>")
                    .element("td", "class=\"soft\"", item.kind().label())
                    .element("td", "class=\"number\"", String.valueOf(item.size()))
                    .markup("</tr>\n");
        }
        html.markup("</table>\n");
        missing(Kind.COMMANDS);
        missing(Kind.ARTIFACT);
    }

    private void missing(Kind kind) {
        for (String reason : summary.missing().getOrDefault(kind, List.of())) {
            html.element("p", "class=\"soft\"", "No " + kind.label() + ": " + reason)
                    .markup("\n");
        }
    }

    private List<Bundle.Item> items(Kind kind) {
        return summary.items().stream().filter(item -> item.kind() == kind).toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = FailurePage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("the resource " + name + " is missing");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
