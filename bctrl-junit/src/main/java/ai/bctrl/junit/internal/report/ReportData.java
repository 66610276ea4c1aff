package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the data of a report: tests, their attempts in order, what of each was kept, and what it can be compared with. */
final class ReportData {
    private static final int VERSION = 1;
    private static final int LONGEST_NAME = 500;

    private final EmbeddedBundles bundles;
    private final Map<String, List<Attempt>> tests = new LinkedHashMap<>();

    ReportData(EmbeddedBundles bundles, List<Attempt> attempts) {
        this.bundles = bundles;
        for (Attempt attempt : attempts) {
            tests.computeIfAbsent(attempt.key(), unused -> new ArrayList<>()).add(attempt);
        }
        Comparator<Attempt> order = Comparator.comparingInt(Attempt::number).thenComparing(Attempt::start);
        tests.values().forEach(some -> some.sort(order));
    }

    JsonObject build(String kind, String name, List<String> problems) {
        Map<Path, Path> comparisons = new HashMap<>();
        List<Path> order = order(comparisons);
        for (int i = 0; i < order.size(); i++) {
            bundles.add(order.get(i), order.size() - i);
        }
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("kind", kind);
        json.addProperty("name", name);
        json.addProperty("written", Instant.now().toString());
        JsonArray rows = new JsonArray();
        Set<String> ids = new HashSet<>();
        tests.values().forEach(attempts -> rows.add(test(attempts, ids, comparisons)));
        json.add("tests", rows);
        json.add("bundles", bundles.summaries());
        JsonArray notes = new JsonArray();
        problems.forEach(notes::add);
        json.add("problems", notes);
        return json;
    }

    /** {@return the bundles, those first that matter most: they get the space} */
    private List<Path> order(Map<Path, Path> comparisons) {
        List<Path> failed = new ArrayList<>();
        List<Path> flaky = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (List<Attempt> attempts : tests.values()) {
            boolean fails = attempts.get(attempts.size() - 1).failed();
            for (Attempt attempt : attempts) {
                Path bundle = attempt.bundle();
                if (bundle != null) {
                    (!attempt.failed() ? others : fails ? failed : flaky).add(bundle);
                    Path passing = attempt.failed() ? PassingBundle.like(bundle) : null;
                    if (passing != null) {
                        comparisons.put(bundle, passing);
                    }
                }
            }
        }
        Set<Path> order = new java.util.LinkedHashSet<>(failed);
        order.addAll(flaky);
        order.addAll(comparisons.values());
        order.addAll(others);
        return List.copyOf(order);
    }

    private JsonObject test(List<Attempt> attempts, Set<String> ids, Map<Path, Path> comparisons) {
        Attempt last = attempts.get(attempts.size() - 1);
        JsonObject json = new JsonObject();
        String name = JsonFields.cut(last.name(), LONGEST_NAME);
        json.addProperty("id", id(name, last.className(), ids));
        json.addProperty("name", name);
        json.addProperty("class", JsonFields.cut(last.className(), LONGEST_NAME));
        JsonFields.put(json, "display", JsonFields.cut(JsonFields.text(last.test(), "displayName", ""), LONGEST_NAME));
        JsonArray rows = new JsonArray();
        for (Attempt attempt : attempts) {
            JsonObject row = attempt.toJson();
            Path bundle = attempt.bundle();
            if (bundle != null) {
                row.addProperty("bundle", bundles.add(bundle, 1));
                Path passing = comparisons.get(bundle);
                if (passing != null) {
                    row.addProperty("compare", bundles.add(passing, 1));
                }
            }
            rows.add(row);
        }
        json.add("attempts", rows);
        return json;
    }

    /** A name is part of links: short where it is the only one, with its package where it is not. */
    private static String id(String name, String className, Set<String> ids) {
        String id = name;
        int dot = className.lastIndexOf('.');
        if (!ids.add(id)) {
            id = (dot < 0 ? "" : className.substring(0, dot + 1)) + name;
            for (int i = 2; !ids.add(id); i++) {
                id = name + "~" + i;
            }
        }
        return id;
    }
}
