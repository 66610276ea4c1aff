package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a bundle into what the report shows of it: the manifest, the tables and the texts, each up to a limit. */
final class BundleReader {
    private final Path bundle;
    private final JsonArray problems = new JsonArray();
    private final @Nullable JsonObject manifest;
    private final List<BundleFiles.Item> files;

    BundleReader(Path bundle) throws IOException {
        this.bundle = bundle;
        Path file = Manifest.fileIn(bundle);
        JsonObject read = null;
        if (file == null) {
            problems.add("There is no manifest (failure.json or passed.json).");
        } else {
            try {
                read = Manifest.read(file);
            } catch (IOException e) {
                problem(String.valueOf(file.getFileName()), e);
            }
        }
        manifest = read;
        files = BundleFiles.of(bundle, manifest);
    }

    List<BundleFiles.Item> files() {
        return files;
    }

    /** {@return what the report shows, with texts up to these limits} */
    JsonObject read(TextLimits limits) {
        JsonObject json = about();
        JsonArray problemsBefore = problems.deepCopy();
        json.add("files", fileRows());
        rows(json, "console", limits, entry -> entry);
        rows(json, "actions", limits, entry -> entry);
        rows(json, "events", limits, entry -> entry);
        rows(json, "commands", limits, entry -> entry);
        rows(json, "network", limits, new NetworkRows(limits)::row);
        texts(json, "dom", limits.document());
        texts(json, "aria", limits.text());
        texts(json, "failure", limits.text());
        json.add("problems", problems.deepCopy());
        while (problems.size() > problemsBefore.size()) {
            problems.remove(problems.size() - 1);
        }
        return json;
    }

    private JsonObject about() {
        JsonObject json = new JsonObject();
        if (manifest != null) {
            for (String name : new String[] {
                "test",
                "outcome",
                "attempt",
                "time",
                "runtimeId",
                "runId",
                "replayUrl",
                "phases",
                "versions",
                "settings",
                "missing"
            }) {
                if (manifest.has(name)) {
                    json.add(name, manifest.get(name));
                }
            }
            json.add("about", Manifest.failure(manifest));
        }
        return json;
    }

    private JsonArray fileRows() {
        JsonArray rows = new JsonArray();
        files.forEach(file -> rows.add(file.toJson()));
        return rows;
    }

    private interface Row {
        JsonObject of(JsonObject entry);
    }

    private void rows(JsonObject json, String kind, TextLimits limits, Row row) {
        BundleFiles.Item file = first(kind);
        if (file == null) {
            return;
        }
        try {
            JsonElement content = JsonFields.read(bundle.resolve(file.name()));
            List<JsonObject> all = kind.equals("network") ? NetworkRows.entries(content) : JsonFields.objects(content);
            JsonArray rows = new JsonArray();
            // The end is next to the failure.
            for (JsonObject entry : all.subList(Math.max(0, all.size() - limits.rows()), all.size())) {
                rows.add(cut(row.of(entry), limits.cell()));
            }
            JsonObject table = new JsonObject();
            table.addProperty("file", file.name());
            table.addProperty("total", all.size());
            table.add("rows", rows);
            json.add(kind, table);
        } catch (IOException | RuntimeException e) {
            problem(file.name(), e);
        }
    }

    /** Cuts long values, except bodies and headers, which have limits of their own. */
    private static JsonObject cut(JsonObject row, int most) {
        JsonObject cut = new JsonObject();
        row.entrySet().forEach(member -> {
            JsonElement value = member.getValue();
            if (value.isJsonPrimitive()
                    && value.getAsJsonPrimitive().isString()
                    && !member.getKey().endsWith("Body")) {
                cut.addProperty(member.getKey(), JsonFields.cut(value.getAsString(), most));
            } else if (value instanceof JsonObject object && object.toString().length() > most) {
                cut.addProperty(member.getKey(), JsonFields.cut(object.toString(), most));
            } else {
                cut.add(member.getKey(), value);
            }
        });
        return cut;
    }

    private void texts(JsonObject json, String kind, int most) {
        JsonArray texts = new JsonArray();
        for (BundleFiles.Item file : files) {
            if (file.kind().equals(kind) && file.exists()) {
                try {
                    texts.add(text(file, most));
                } catch (IOException e) {
                    problem(file.name(), e);
                }
            }
        }
        if (!texts.isEmpty()) {
            json.add(kind, texts);
        }
    }

    private JsonObject text(BundleFiles.Item file, int most) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("file", file.name());
        json.addProperty("size", file.size());
        JsonFields.put(json, "note", file.note());
        try (InputStream content = Files.newInputStream(bundle.resolve(file.name()))) {
            // A character has up to four bytes; what is read too much is cut below.
            String text = new String(content.readNBytes(4 * most), StandardCharsets.UTF_8);
            boolean whole = text.length() <= most && file.size() <= 4L * most;
            json.addProperty("text", whole ? text : JsonFields.cut(text, most));
            json.addProperty("whole", whole);
        }
        return json;
    }

    private BundleFiles.@Nullable Item first(String kind) {
        return files.stream()
                .filter(file -> file.kind().equals(kind) && file.exists())
                .findFirst()
                .orElse(null);
    }

    private void problem(String name, Exception failure) {
        problems.add(name + " cannot be read: " + failure.getMessage());
    }
}
