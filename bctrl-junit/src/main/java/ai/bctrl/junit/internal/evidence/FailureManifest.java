package ai.bctrl.junit.internal.evidence;

import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeLease;
import com.google.gson.FormattingStyle;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Writes {@code failure.json}. */
final class FailureManifest {
    private static final int SCHEMA_VERSION = 1;

    private FailureManifest() {}

    static String render(FailureSummary summary) throws IOException {
        FailedAttempt attempt = summary.attempt();
        RuntimeLease lease = attempt.session().lease();
        JsonObject json = new JsonObject();
        json.addProperty("schemaVersion", SCHEMA_VERSION);
        json.add("test", test(attempt.test()));
        json.addProperty("time", attempt.time().toString());
        json.addProperty("failure", summary.failureHeadline());
        json.addProperty("runtimeId", lease.runtimeId());
        json.addProperty("runId", lease.runId());
        json.add("phases", phases(summary.phases()));
        json.add("files", files(summary.items()));
        json.add("missing", missing(summary.missing()));
        return pretty(json);
    }

    private static JsonObject test(TestName test) {
        JsonObject json = new JsonObject();
        json.addProperty("displayName", test.displayName());
        json.addProperty("class", test.className());
        json.addProperty("method", test.methodName());
        json.addProperty("uniqueId", test.uniqueId());
        return json;
    }

    private static JsonArray phases(PhaseTimes phases) {
        JsonArray json = new JsonArray();
        for (PhaseTimes.Phase phase : phases.phases()) {
            JsonObject row = new JsonObject();
            row.addProperty("name", phase.name());
            row.addProperty("durationMs", phase.duration().toMillis());
            json.add(row);
        }
        return json;
    }

    private static JsonArray files(List<Bundle.Item> items) {
        JsonArray json = new JsonArray();
        for (Bundle.Item item : items) {
            JsonObject row = new JsonObject();
            row.addProperty("kind", item.kind().label());
            row.addProperty("name", item.name());
            row.addProperty("mediaType", item.mediaType());
            row.addProperty("sizeBytes", item.size());
            row.addProperty("note", item.note());
            json.add(row);
        }
        return json;
    }

    private static JsonArray missing(Map<Kind, List<String>> missing) {
        JsonArray json = new JsonArray();
        missing.forEach((kind, reasons) -> {
            for (String reason : reasons) {
                JsonObject row = new JsonObject();
                row.addProperty("kind", kind.label());
                row.addProperty("reason", reason);
                json.add(row);
            }
        });
        return json;
    }

    private static String pretty(JsonObject json) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter writer = new JsonWriter(text);
        writer.setFormattingStyle(FormattingStyle.PRETTY);
        write(json, writer);
        writer.flush();
        return text + "\n";
    }

    private static void write(JsonElement json, JsonWriter writer) throws IOException {
        if (json instanceof JsonObject object) {
            writer.beginObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                writer.name(member.getKey());
                write(member.getValue(), writer);
            }
            writer.endObject();
        } else if (json instanceof JsonArray array) {
            writer.beginArray();
            for (JsonElement element : array) {
                write(element, writer);
            }
            writer.endArray();
        } else {
            writer.jsonValue(json.toString());
        }
    }
}
