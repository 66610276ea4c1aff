package ai.bctrl.benchmarks.report;

import ai.bctrl.benchmarks.measure.Point;
import ai.bctrl.benchmarks.measure.Result;
import ai.bctrl.benchmarks.measure.Series;
import ai.bctrl.benchmarks.measure.Target;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** All results and every sample as JSON. Stateless. */
final class ResultsJson {
    private ResultsJson() {}

    static String of(Surroundings surroundings, List<Result> results) {
        JsonObject all = new JsonObject();
        JsonObject machine = new JsonObject();
        surroundings.lines().forEach(machine::addProperty);
        all.add("surroundings", machine);
        JsonArray list = new JsonArray();
        results.forEach(result -> list.add(result(result)));
        all.add("results", list);
        return all.toString();
    }

    private static JsonObject result(Result result) {
        JsonObject json = new JsonObject();
        json.addProperty("id", result.id());
        json.addProperty("title", result.title());
        json.addProperty("unit", result.unit());
        json.addProperty("moreIsBetter", result.moreIsBetter());
        json.addProperty("peer", result.peer());
        json.addProperty("axis", result.axis());
        JsonArray targets = new JsonArray();
        for (Target target : result.targets()) {
            JsonObject wanted = new JsonObject();
            wanted.addProperty("variant", target.variant());
            wanted.addProperty("limit", target.limit());
            wanted.addProperty("reached", result.isReached(target));
            targets.add(wanted);
        }
        json.add("targets", targets);
        JsonArray series = new JsonArray();
        result.series().forEach(one -> series.add(series(result, one)));
        json.add("series", series);
        return json;
    }

    private static JsonObject series(Result result, Series series) {
        JsonObject json = new JsonObject();
        json.addProperty("variant", series.variant());
        json.addProperty("leftOut", series.leftOut());
        JsonArray points = new JsonArray();
        for (Point point : series.points()) {
            JsonObject place = new JsonObject();
            place.addProperty("x", point.x());
            place.addProperty("n", point.samples().size());
            place.addProperty("median", point.median());
            place.addProperty("p10", point.p10());
            place.addProperty("p90", point.p90());
            place.addProperty("ratio", result.ratio(series, point));
            JsonArray samples = new JsonArray();
            point.samples().forEach(samples::add);
            place.add("samples", samples);
            points.add(place);
        }
        json.add("points", points);
        return json;
    }
}
