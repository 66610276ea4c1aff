package ai.bctrl.benchmarks.report;

import ai.bctrl.benchmarks.measure.Point;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Series;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * A result as an SVG picture that needs nothing else: a line with dots for each variant, or lines over an axis with a logarithmic
 * scale. Stateless.
 */
final class Plot {
    private static final List<String> COLORS = List.of(
            "#1f6feb", "#d9480f", "#2b8a3e", "#862e9c", "#c2255c", "#0b7285", "#7a5c00", "#495057", "#5c940d",
            "#364fc7");
    private static final int WIDTH = 860;
    private static final int LEFT = 300;
    private static final int RIGHT = 120;
    private static final int ROW = 30;

    private Plot() {}

    static String of(Result result) {
        return result.axis() == null ? rows(result) : lines(result);
    }

    private static DoubleStream values(Result result) {
        return result.series().stream()
                .flatMap(series -> series.points().stream())
                .flatMapToDouble(point -> point.samples().stream().mapToDouble(Double::doubleValue));
    }

    private static String open(int height, Result result) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"13\" data-result=\"%s\"><title>%s</title>"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>",
                WIDTH,
                height,
                WIDTH,
                height,
                Html.text(result.id()),
                Html.text(result.title()));
    }

    private static String rows(Result result) {
        List<Series> series = result.series();
        double max = Ticks.nice(values(result).max().orElse(1));
        int height = 20 + series.size() * ROW + 34;
        double scale = (WIDTH - LEFT - RIGHT) / max;
        StringBuilder svg = new StringBuilder(open(height, result));
        for (double tick : Ticks.linear(max)) {
            double x = LEFT + tick * scale;
            svg.append(line(x, 14, x, height - 32, "#e3e6ea", 1))
                    .append(text(x, height - 14, "middle", Numbers.of(tick), "#57606a"));
        }
        svg.append(text(WIDTH - 8, height - 14, "end", result.unit(), "#57606a"));
        for (int i = 0; i < series.size(); i++) {
            row(svg, result, series.get(i), 20 + i * ROW + ROW / 2.0, scale);
        }
        return svg.append("</svg>").toString();
    }

    private static void row(StringBuilder svg, Result result, Series series, double y, double scale) {
        boolean isPeer = series.variant().equals(result.peer());
        String color = isPeer ? "#57606a" : COLORS.get(0);
        svg.append("<g data-series=\"").append(Html.text(series.variant())).append("\">");
        svg.append(text(LEFT - 12, y + 4, "end", series.variant(), "#1f2328"));
        if (series.points().isEmpty()) {
            svg.append(text(LEFT + 6, y + 4, "start", "left out", "#8c959f"));
        } else {
            Point point = series.points().get(0);
            for (double sample : point.samples()) {
                svg.append(dot(LEFT + sample * scale, y, 2.5, color, 0.3));
            }
            svg.append(line(LEFT + point.p10() * scale, y, LEFT + point.p90() * scale, y, color, 4));
            svg.append(dot(LEFT + point.median() * scale, y, 6, color, 1));
            Double ratio = result.ratio(series, point);
            String label =
                    Numbers.of(point.median()) + (ratio == null || isPeer ? "" : " (" + Numbers.ratio(ratio) + " x)");
            svg.append(text(WIDTH - 4, y + 4, "end", label, "#1f2328"));
        }
        svg.append("</g>");
    }

    private static String lines(Result result) {
        List<Series> series = result.series();
        List<Double> places = series.stream()
                .flatMap(one -> one.points().stream())
                .map(Point::x)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
        double max = Ticks.nice(values(result).max().orElse(1));
        int height = 300 + 40 + series.size() * 20;
        int left = 80;
        double right = WIDTH - 40.0;
        StringBuilder svg = new StringBuilder(open(height, result));
        for (double tick : Ticks.linear(max)) {
            double y = 270 - tick / max * 240;
            svg.append(line(left, y, right, y, "#e3e6ea", 1))
                    .append(text(left - 8, y + 4, "end", Numbers.of(tick), "#57606a"));
        }
        svg.append(text(left, 18, "middle", result.unit(), "#57606a"));
        for (double place : places) {
            svg.append(text(x(place, places, left, right), 290, "middle", Numbers.of(place), "#57606a"));
        }
        svg.append(text(right, 308, "end", String.valueOf(result.axis()), "#57606a"));
        for (int i = 0; i < series.size(); i++) {
            curve(
                    svg,
                    series.get(i),
                    COLORS.get(i % COLORS.size()),
                    places,
                    new double[] {left, right, max},
                    334 + i * 20);
        }
        return svg.append("</svg>").toString();
    }

    private static void curve(
            StringBuilder svg, Series series, String color, List<Double> places, double[] frame, double legend) {
        svg.append("<g data-series=\"").append(Html.text(series.variant())).append("\">");
        StringBuilder path = new StringBuilder();
        for (Point point : series.points()) {
            double x = x(Objects.requireNonNull(point.x()), places, frame[0], frame[1]);
            double y = 270 - point.median() / frame[2] * 240;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x, y));
            svg.append(line(x, 270 - point.p10() / frame[2] * 240, x, 270 - point.p90() / frame[2] * 240, color, 2));
            svg.append(dot(x, y, 4, color, 1));
        }
        svg.append("<path d=\"")
                .append(path)
                .append("\" fill=\"none\" stroke=\"")
                .append(color)
                .append("\" stroke-width=\"2\"/>");
        svg.append(dot(frame[0] + 4, legend - 4, 5, color, 1));
        svg.append(text(
                frame[0] + 16,
                legend,
                "start",
                series.variant() + (series.points().isEmpty() ? " (left out)" : ""),
                "#1f2328"));
        svg.append("</g>");
    }

    /** Logarithmic; what lies at 0 counts as 1. */
    private static double x(double place, List<Double> places, double left, double right) {
        double first = Math.log(Math.max(1, places.get(0)));
        double last = Math.log(Math.max(1, places.get(places.size() - 1)));
        double share = last == first ? 0.5 : (Math.log(Math.max(1, place)) - first) / (last - first);
        return left + 20 + share * (right - left - 40);
    }

    private static String line(double x1, double y1, double x2, double y2, String color, int width) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\" stroke-linecap=\"round\"/>",
                x1,
                y1,
                x2,
                y2,
                color,
                width);
    }

    private static String dot(double x, double y, double radius, String color, double opacity) {
        return String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"%.1f\"/>",
                x,
                y,
                radius,
                color,
                opacity);
    }

    private static String text(double x, double y, String anchor, String text, String color) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor,
                color,
                Html.text(text));
    }
}
