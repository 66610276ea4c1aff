package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.evidence.EvidenceKind;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bundle on disk.
 *
 * @param directory where it is
 * @param manifest its manifest
 */
record KeptBundle(Path directory, JsonObject manifest) {
    static final List<EvidenceKind> OF_PAGES =
            List.of(EvidenceKind.SCREENSHOT, EvidenceKind.DOM, EvidenceKind.ARIA, EvidenceKind.MHTML);

    private static final List<EvidenceKind> RECORDINGS = List.of(
            EvidenceKind.TRACE,
            EvidenceKind.ACTIONS,
            EvidenceKind.CONSOLE,
            EvidenceKind.NETWORK,
            EvidenceKind.EVENTS,
            EvidenceKind.COMMANDS);

    /** {@return all bundles below a directory} */
    static List<KeptBundle> below(Path root) throws IOException {
        List<KeptBundle> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(file -> file.endsWith("failure.json")).toList()) {
                all.add(new KeptBundle(
                        file.resolveSibling(""),
                        JsonParser.parseString(Files.readString(file)).getAsJsonObject()));
            }
        }
        return all;
    }

    /** Checks what is true of every bundle that had a disk to be written to. */
    void check() throws IOException {
        checkOfFullDisk();
        assertThat(directory.resolve("index.html")).content().contains("<!doctype html>");
        assertThat(directory.resolve("failure.md")).content().contains("## What failed");
    }

    /** Checks what is true of a bundle also when the disk was full. */
    void checkOfFullDisk() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "docs", "failure.schema.json")));
        assertThat(schema.validate(manifest.toString(), InputFormat.JSON))
                .as("" + directory)
                .isEmpty();
        List<String> named = new ArrayList<>(List.of("failure.json"));
        for (JsonElement element : manifest.getAsJsonArray("files")) {
            JsonObject file = element.getAsJsonObject();
            String name = file.get("name").getAsString();
            named.add(name);
            assertThat(directory.resolve(name)).hasSize(file.get("sizeBytes").getAsLong());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        for (EvidenceKind kind : EvidenceKind.values()) {
            assertThat(has(kind) || !reasons(kind).isEmpty())
                    .as("%s of %s is there, or there is a reason", kind, directory)
                    .isTrue();
        }
    }

    /** Checks that the test's own assertion is what it tells of. */
    void checkFailure(String message) {
        assertThat(failure("origin")).isEqualTo("application-assertion");
        assertThat(failure("message")).contains(message);
    }

    /** Checks that what needs no page is there. */
    void checkRecordings() {
        for (EvidenceKind kind : RECORDINGS) {
            assertThat(has(kind)).as("%s: %s", kind, reasons(kind)).isTrue();
        }
    }

    /** Checks that of each kind that needs a page something is missing for a reason with these words. */
    void checkReasonOfPages(String words) {
        for (EvidenceKind kind : OF_PAGES) {
            assertThat(reasons(kind)).as("%s", kind).anyMatch(reason -> reason.contains(words));
        }
    }

    /** {@return how many bytes its files have} */
    long size() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** {@return the content of one of its files, which is an array} */
    JsonArray array(String name) throws IOException {
        return JsonParser.parseString(Files.readString(directory.resolve(name))).getAsJsonArray();
    }

    boolean has(EvidenceKind kind) {
        return manifest.getAsJsonArray("files").asList().stream()
                .anyMatch(
                        file -> file.getAsJsonObject().get("kind").getAsString().equals(kind.label()));
    }

    List<String> reasons(EvidenceKind kind) {
        return manifest.getAsJsonArray("missing").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(row -> row.get("kind").getAsString().equals(kind.label()))
                .map(row -> row.get("reason").getAsString())
                .toList();
    }

    String failure(String member) {
        return manifest.getAsJsonObject("failure").get(member).getAsString();
    }

    boolean isOf(Expected expected) {
        JsonObject test = manifest.getAsJsonObject("test");
        JsonElement method = test.get("method");
        return test.get("class").getAsString().equals(expected.className())
                && (method.isJsonNull() ? null : method.getAsString()) == null == (expected.method() == null)
                && (method.isJsonNull() || method.getAsString().equals(expected.method()));
    }
}
