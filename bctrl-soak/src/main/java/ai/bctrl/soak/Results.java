package ai.bctrl.soak;

import ai.bctrl.junit.evidence.FailureOrigin;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The failures of all runs as their {@code results-*.jsonl} tell them. Immutable. */
final class Results {
    /** Where a line says nothing of its origin. */
    static final String UNKNOWN = "unknown";

    private static final Set<String> INFRASTRUCTURE = Arrays.stream(FailureOrigin.values())
            .filter(FailureOrigin::isInfrastructure)
            .map(FailureOrigin::label)
            .collect(Collectors.toUnmodifiableSet());

    private record Line(String run, String uniqueId, String origin, String failure, String bundle) {}

    private final List<Line> lines;

    private Results(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads those of all runs below the directory. */
    static Results read(Path evidence) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Path> files = Files.find(
                evidence, 2, (path, is) -> path.getFileName().toString().matches("results-\\d+-\\d+\\.jsonl"))) {
            for (Path file : files.sorted().toList()) {
                for (String text : Files.readString(file).lines().toList()) {
                    add(lines, evidence.relativize(file).getName(0).toString(), text);
                }
            }
        }
        return new Results(List.copyOf(lines));
    }

    private static void add(List<Line> lines, String run, String text) {
        JsonObject line;
        try {
            line = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException half) {
            // It is being written, or its JVM was killed meanwhile.
            return;
        }
        if (text(line, "outcome").equals("failed")) {
            lines.add(new Line(
                    run,
                    text(line.getAsJsonObject("test"), "uniqueId"),
                    text(line, "origin"),
                    text(line, "failure"),
                    text(line, "bundle")));
        }
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? UNKNOWN : value.getAsString();
    }

    /** {@return how many failures each origin has} */
    Map<String, Integer> origins() {
        Map<String, Integer> origins = new TreeMap<>();
        lines.forEach(line -> origins.merge(line.origin, 1, Integer::sum));
        return origins;
    }

    /** {@return the failures that are not told to be the infrastructure's, or that JUnit saw and no line tells of} */
    List<String> unclassified(List<Journal.Failed> failures) {
        List<String> found = new ArrayList<>();
        Map<String, Integer> told = new HashMap<>();
        for (Line line : lines) {
            told.merge(line.run + line.uniqueId, 1, Integer::sum);
            if (!INFRASTRUCTURE.contains(line.origin)) {
                found.add("not the infrastructure's failure: " + line.origin + ", " + line.run + " " + line.uniqueId
                        + ": " + line.failure + " (" + line.bundle + ")");
            }
        }
        for (Journal.Failed failed : failures) {
            int left = told.merge(failed.run() + failed.uniqueId(), -1, Integer::sum);
            if (left < 0) {
                found.add("a failure without a result line: " + failed.run() + " " + failed.uniqueId() + ": "
                        + failed.why());
            }
        }
        return found;
    }
}
