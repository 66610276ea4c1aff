package ai.bctrl.junit.internal.evidence;

import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.PhaseTimes;
import com.google.gson.FormattingStyle;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Writes the list of everything that was kept; its form is {@code docs/failure.schema.json}. */
final class Manifest {
    private static final int SCHEMA_VERSION = 1;

    private final Collected collected;
    private final Attempt attempt;

    Manifest(Collected collected) {
        this.collected = collected;
        this.attempt = collected.attempt();
    }

    String name() {
        return attempt.failure() == null ? "passed.json" : "failure.json";
    }

    String render() throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("schemaVersion", SCHEMA_VERSION);
        json.addProperty("outcome", attempt.failure() == null ? "passed" : "failed");
        json.add("test", test(attempt.shownTest()));
        json.addProperty("attempt", collected.bundle().attempt());
        json.addProperty("time", attempt.time().toString());
        if (attempt.failure() != null) {
            json.add("failure", failure(attempt.failure()));
        }
        BrowserSession session = attempt.session();
        if (session != null) {
            json.addProperty("runtimeId", session.lease().runtimeId());
            json.addProperty("runId", session.lease().runId());
        }
        json.add("phases", phases(attempt.phases().plus("collect", collected.took())));
        json.add("versions", texts(Versions.of(session)));
        json.add("settings", texts(attempt.settings()));
        json.add("files", files(collected.bundle().items()));
        json.add("missing", missing(collected.bundle().missing()));
        return pretty(json);
    }

    /** {@return the test as a JSON object, also for the log of results} */
    static JsonObject test(TestName test) {
        JsonObject json = new JsonObject();
        json.addProperty("displayName", test.displayName());
        json.addProperty("class", test.className());
        json.addProperty("method", test.methodName());
        json.addProperty("name", test.shortName());
        json.addProperty("uniqueId", test.uniqueId());
        return json;
    }

    private JsonObject failure(Failure failure) {
        JsonObject json = new JsonObject();
        json.addProperty("type", failure.thrown().getClass().getName());
        json.addProperty("message", attempt.redact().apply(FailureText.bounded(FailureText.message(failure.thrown()))));
        json.addProperty("origin", failure.origin().label());
        json.addProperty("place", failure.place().label());
        json.addProperty("pageUrl", collected.pageUrl());
        json.addProperty("lastAction", collected.lastAction());
        StackTraceElement at =
                FailureText.location(failure.thrown(), attempt.test().className());
        if (at != null) {
            JsonObject location = new JsonObject();
            location.addProperty("file", at.getFileName());
            location.addProperty("line", at.getLineNumber());
            json.add("location", location);
        }
        return json;
    }

    static JsonArray phases(PhaseTimes phases) {
        JsonArray json = new JsonArray();
        for (PhaseTimes.Phase phase : phases.phases()) {
            JsonObject row = new JsonObject();
            row.addProperty("name", phase.name());
            row.addProperty("durationMs", phase.duration().toMillis());
            json.add(row);
        }
        return json;
    }

    private JsonObject texts(Map<String, String> texts) {
        JsonObject json = new JsonObject();
        texts.forEach((name, text) -> json.addProperty(name, attempt.redact().apply(text)));
        return json;
    }

    private static JsonArray files(List<Bundle.Item> items) {
        JsonArray json = new JsonArray();
        for (Bundle.Item item : items) {
            JsonObject row = new JsonObject();
            row.addProperty("kind", item.kind());
            row.addProperty("name", item.name());
            row.addProperty("mediaType", item.mediaType());
            row.addProperty("sizeBytes", item.sizeBytes());
            row.addProperty("takenAt", item.takenAt().toString());
            if (item.note() != null) {
                row.addProperty("note", item.note());
            }
            json.add(row);
        }
        return json;
    }

    private static JsonArray missing(Map<String, List<String>> missing) {
        JsonArray json = new JsonArray();
        missing.forEach((kind, reasons) -> {
            for (String reason : reasons) {
                JsonObject row = new JsonObject();
                row.addProperty("kind", kind);
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
