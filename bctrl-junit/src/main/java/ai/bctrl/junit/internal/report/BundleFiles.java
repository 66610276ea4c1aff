package ai.bctrl.junit.internal.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of a bundle: those that the manifest names or, without one, those that are there. */
final class BundleFiles {
    private static final Map<String, String> KINDS = Map.of(
            "console.json", "console",
            "network.har", "network",
            "actions.json", "actions",
            "events.json", "events",
            "commands.json", "commands",
            "trace.zip", "trace",
            "failure.txt", "failure",
            "failure.md", "summary",
            "index.html", "page");

    /** A file: what it is, its name in the bundle, its size in bytes or -1 if it is gone, and what is said about it. */
    record Item(
            String kind,
            String name,
            long size,
            @Nullable String mediaType,
            @Nullable String note,
            @Nullable String takenAt) {
        boolean exists() {
            return size >= 0;
        }

        JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("kind", kind);
            json.addProperty("name", name);
            json.addProperty("size", size);
            JsonFields.put(json, "mediaType", mediaType);
            JsonFields.put(json, "note", note);
            JsonFields.put(json, "takenAt", takenAt);
            return json;
        }
    }

    private BundleFiles() {}

    static List<Item> of(Path bundle, @Nullable JsonObject manifest) throws IOException {
        List<Item> items = new ArrayList<>();
        for (JsonObject file : JsonFields.objects(manifest == null ? null : manifest.get("files"))) {
            String name = JsonFields.text(file, "name", "");
            if (isPlain(name)) {
                items.add(new Item(
                        JsonFields.text(file, "kind", "file"),
                        name,
                        size(bundle.resolve(name)),
                        JsonFields.text(file, "mediaType"),
                        JsonFields.text(file, "note"),
                        JsonFields.text(file, "takenAt")));
            }
        }
        return items.isEmpty() ? listed(bundle) : items;
    }

    private static List<Item> listed(Path bundle) throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path file : RunResults.list(bundle, "*")) {
            String name = String.valueOf(file.getFileName());
            if (isPlain(name) && size(file) >= 0 && !name.equals(Manifest.FAILED) && !name.equals(Manifest.PASSED)) {
                items.add(new Item(kind(name), name, size(file), null, null, null));
            }
        }
        return items;
    }

    private static String kind(String name) {
        String known = KINDS.get(name);
        if (known != null) {
            return known;
        } else if (name.matches("page-\\d+(\\.full)?\\.png")) {
            return "screenshot";
        } else if (name.matches("page-\\d+\\.html")) {
            return "dom";
        } else if (name.endsWith(".aria.yaml")) {
            return "aria";
        }
        return name.endsWith(".mhtml") ? "mhtml" : "file";
    }

    /** A manifest is a file like any other: what it names must lie in the bundle. */
    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.startsWith(".")
                && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\');
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
