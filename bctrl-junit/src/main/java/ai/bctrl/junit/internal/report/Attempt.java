package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one finished attempt at a test, from its line among the results or from the manifest of its bundle.
 *
 * @param test as both files name it
 * @param number counts from 1
 * @param outcome passed, failed or aborted
 * @param result the whole line, or what the manifest has of it
 * @param bundle the directory of what was kept, or null
 */
record Attempt(
        JsonObject test,
        int number,
        String outcome,
        JsonObject result,
        @Nullable Path bundle) {
    private static final int LONGEST_FAILURE = 400;
    private static final int LONGEST_TEXT = 300;

    static Attempt fromLine(JsonObject line, @Nullable Path bundle) {
        return new Attempt(
                JsonFields.object(line, "test"),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(1, JsonFields.number(line, "attempt", 1)))),
                outcome(JsonFields.text(line, "outcome", "failed")),
                line,
                bundle);
    }

    /** {@return the attempt as its manifest tells it: of a bundle whose line was lost, or that is looked at alone} */
    static Attempt fromManifest(JsonObject manifest, Path bundle) {
        JsonObject line = new JsonObject();
        JsonObject failure = Manifest.failure(manifest);
        line.add("test", JsonFields.object(manifest, "test"));
        line.addProperty("attempt", JsonFields.number(manifest, "attempt", Manifest.attemptOf(bundle)));
        line.addProperty("outcome", JsonFields.text(manifest, "outcome", failure.size() > 0 ? "failed" : "passed"));
        JsonFields.put(line, "origin", JsonFields.text(failure, "origin"));
        JsonFields.put(line, "start", JsonFields.text(manifest, "start"));
        JsonFields.put(line, "end", JsonFields.text(manifest, "time"));
        line.add("phases", manifest.get("phases") instanceof JsonArray phases ? phases : new JsonArray());
        JsonFields.put(line, "failure", Manifest.headline(failure));
        JsonFields.put(line, "pageUrl", JsonFields.text(failure, "pageUrl"));
        JsonFields.put(line, "lastAction", JsonFields.text(failure, "lastAction"));
        JsonFields.put(line, "runId", JsonFields.text(manifest, "runId"));
        return fromLine(line, bundle);
    }

    private static String outcome(String text) {
        return switch (text) {
            case "passed", "aborted" -> text;
            default -> "failed";
        };
    }

    boolean failed() {
        return outcome.equals("failed");
    }

    /** {@return what all attempts at the same test have in common} */
    String key() {
        String uniqueId = JsonFields.text(test, "uniqueId");
        return uniqueId != null ? uniqueId : className() + "#" + name();
    }

    /** {@return class, method and invocation for people} */
    String name() {
        String name = JsonFields.text(test, "name");
        if (name != null) {
            return name;
        }
        String simple = className().substring(className().lastIndexOf('.') + 1).replace('$', '.');
        return simple + "." + JsonFields.text(test, "method", "(class)");
    }

    String className() {
        return JsonFields.text(test, "class", "");
    }

    String start() {
        return JsonFields.text(result, "start", JsonFields.text(result, "end", ""));
    }

    /** {@return what the overview shows of it} */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("attempt", number);
        json.addProperty("outcome", outcome);
        for (String name : new String[] {"origin", "start", "end", "pageUrl", "lastAction", "runId"}) {
            String value = JsonFields.text(result, name);
            JsonFields.put(json, name, value == null ? null : JsonFields.cut(value, LONGEST_TEXT));
        }
        JsonFields.put(json, "failure", JsonFields.cut(JsonFields.text(result, "failure", ""), LONGEST_FAILURE));
        JsonArray phases = new JsonArray();
        long sum = 0;
        for (JsonObject phase : JsonFields.objects(result.get("phases"))) {
            JsonArray pair = new JsonArray();
            long millis = Math.max(0, JsonFields.number(phase, "durationMs", 0));
            pair.add(JsonFields.cut(JsonFields.text(phase, "name", "other"), LONGEST_TEXT));
            pair.add(millis);
            phases.add(pair);
            sum += millis;
        }
        json.add("phases", phases);
        json.addProperty("ms", Math.max(0, JsonFields.number(result, "durationMs", sum)));
        return json;
    }
}
