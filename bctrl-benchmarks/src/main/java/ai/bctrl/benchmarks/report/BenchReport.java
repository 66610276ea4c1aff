package ai.bctrl.benchmarks.report;

import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what was measured: {@code results.json} with every sample, {@code index.html} with tables and plots, and each plot as a
 * file of its own. The page needs no other file and no network. Immutable.
 *
 * @param surroundings where and when it was measured
 * @param results what was measured
 */
public record BenchReport(Surroundings surroundings, List<Result> results) {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; max-width: 900px; margin: 2rem auto; padding: 0 1rem }
            h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem }
            table { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums }
            th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid #e3e6ea; white-space: nowrap }
            th:first-child, td:first-child { text-align: left; white-space: normal }
            th:last-child, td:last-child { text-align: left; white-space: normal }
            th { color: #57606a; font-weight: 600 }
            svg { max-width: 100%; height: auto; display: block; margin: .5rem 0 }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .85rem }
            dt { color: #57606a } dd { margin: 0; overflow-wrap: anywhere }
            .yes { color: #1a7f37 } .no { color: #cf222e } p.note { color: #57606a; margin: 0 }
            """;

    /** Copies the list. */
    public BenchReport {
        results = List.copyOf(results);
    }

    /** Writes everything into the directory, which is made where it is missing. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.json"), ResultsJson.of(surroundings, results));
        Files.writeString(directory.resolve("index.html"), page());
        for (Result result : results) {
            Files.writeString(directory.resolve(result.id() + ".svg"), Plot.of(result));
        }
    }

    private String page() {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>bctrl bench</title><style>");
        html.append(STYLE).append("</style><h1>What managed browsers cost</h1><dl>");
        surroundings
                .lines()
                .forEach((name, value) -> html.append("<dt>")
                        .append(Html.text(name))
                        .append("<dd>")
                        .append(Html.text(value)));
        html.append(
                        "</dl><p class=\"note\">Medians of rounds in which every variant runs once, in random order; the bar goes")
                .append(" from the 10th to the 90th percentile. Ratios count, milliseconds belong to the machine.</p>");
        targets(html);
        for (Result result : results) {
            section(html, result);
        }
        return html.append("</html>\n").toString();
    }

    private void targets(StringBuilder html) {
        html.append("<h2>Targets</h2><table><tr><th>what<th>ratio to<th>wanted<th>variant");
        for (Result result : results) {
            for (Target target : result.targets()) {
                Boolean reached = result.isReached(target);
                html.append("<tr><td><a href=\"#")
                        .append(Html.text(result.id()))
                        .append("\">");
                html.append(Html.text(result.title())).append("</a><td>");
                html.append(Html.text(result.peer() == null ? "the first place" : result.peer()))
                        .append("<td>");
                html.append(result.moreIsBetter() ? "&ge; " : "&le; ").append(Numbers.ratio(target.limit()));
                html.append("<td>").append(Html.text(target.variant())).append(": ");
                html.append(
                        reached == null
                                ? "not measured"
                                : reached ? "<b class=\"yes\">reached</b>" : "<b class=\"no\">not reached</b>");
            }
        }
        html.append("</table>");
    }

    private static void section(StringBuilder html, Result result) {
        html.append("<h2 id=\"").append(Html.text(result.id())).append("\">");
        html.append(Html.text(result.title())).append("</h2><p class=\"note\">");
        html.append(Html.text(Table.legend(result)))
                .append("</p>")
                .append(Plot.of(result))
                .append("<table><tr>");
        Table.HEADS.forEach(head -> html.append("<th>").append(head));
        for (List<String> row : Table.rows(result)) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(Html.text(cell)));
        }
        html.append("</table>");
    }
}
