package ai.bctrl.benchmarks.report;

import ai.bctrl.benchmarks.measure.Point;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Series;
import ai.bctrl.benchmarks.measure.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result as a table of text: variant, place, number of samples, median, p10 to p90, ratio, target. Stateless. */
public final class Table {
    /** What stands above the columns. */
    static final List<String> HEADS = List.of("variant", "at", "n", "median", "p10 .. p90", "ratio", "target");

    private Table() {}

    /** {@return the text, with the title above and a line end at the end} */
    public static String of(Result result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        rows.addAll(rows(result));
        int[] widths = new int[HEADS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder("\n" + heading(result) + "\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String format = i == 0 || i == 6 ? "%-" + widths[i] + "s  " : "%" + widths[i] + "s  ";
                line.append(widths[i] == 0 ? "" : String.format(Locale.ROOT, format, row.get(i)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    static String heading(Result result) {
        return "[" + result.id() + "] " + result.title() + " (" + legend(result) + ")";
    }

    static String legend(Result result) {
        return result.unit() + ", "
                + (result.moreIsBetter() ? "more is better" : "less is better")
                + (result.peer() == null ? ", ratio to the first place" : ", ratio to " + result.peer())
                + (result.axis() == null ? "" : "; at: " + result.axis());
    }

    /** {@return the cells of each row below the heads} */
    static List<List<String>> rows(Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (Series series : result.series()) {
            Target target = result.target(series.variant());
            for (Point point : series.points()) {
                Double ratio = result.ratio(series, point);
                rows.add(List.of(
                        series.variant(),
                        point.x() == null ? "" : Numbers.of(point.x()),
                        Integer.toString(point.samples().size()),
                        Numbers.of(point.median()),
                        Numbers.of(point.p10()) + " .. " + Numbers.of(point.p90()),
                        ratio == null ? "" : Numbers.ratio(ratio),
                        target == null || isBase(result, series, point) ? "" : verdict(result, target, ratio)));
            }
            String leftOut = series.leftOut();
            if (leftOut != null) {
                rows.add(List.of(series.variant(), "", "", "", "", "", "left out: " + leftOut));
            }
        }
        return rows;
    }

    /** Whether others are compared with the point, which then keeps every target. */
    private static boolean isBase(Result result, Series series, Point point) {
        return result.peer() == null && series.points().get(0).equals(point);
    }

    private static String verdict(Result result, Target target, @Nullable Double ratio) {
        String wanted = (result.moreIsBetter() ? "at least " : "at most ") + Numbers.ratio(target.limit());
        if (ratio == null) {
            return wanted;
        }
        boolean kept = result.moreIsBetter() ? ratio >= target.limit() : ratio <= target.limit();
        return wanted + (kept ? ": reached" : ": not reached");
    }
}
