package ai.bctrl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code ./bctrl bench} working; says nothing about times. */
class BenchBrowserIT {
    @TempDir
    private Path out;

    @Test
    void measuresEveryVariantOfAColdStartOrSaysWhyNot() throws IOException {
        JsonObject results = bench("c");

        assertThat(variants(results, "c-wall"))
                .contains(
                        "@UsePlaywright",
                        "Playwright launch() per test",
                        "Selenium-Jupiter, chromedriver",
                        "Testcontainers, Selenium image",
                        "embedded, process",
                        "embedded, process, pool",
                        "embedded, context, pool",
                        "serve, process",
                        "serve, context, pool");
        assertThat(measured(results, "c-wall"))
                .contains("@UsePlaywright", "Playwright launch() per test", "embedded, process", "serve, process");
    }

    @Test
    void measuresTheRelayTheFootprintAndTheControlPlane() throws IOException {
        JsonObject results = bench("e,f,g");

        assertThat(measured(results, "e-trip")).contains("direct", "embedded, process", "serve, process");
        assertThat(measured(results, "e-to-browser")).contains("direct", "embedded, process", "serve, process");
        assertThat(measured(results, "f-memory")).contains("process");
        assertThat(measured(results, "f-busy-cpu")).contains("process");
        assertThat(measured(results, "g-runtimes"))
                .contains("create a runtime", "list all runtimes, each", "stop a runtime");
        assertThat(measured(results, "g-events")).contains("newest 50 events");
        assertThat(measured(results, "g-runs")).contains("newest 50 runs");
    }

    @Test
    void namesWhatThereIsWhereOnlyNamesNothing() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int code = Bench.execute(new PrintStream(said, true, StandardCharsets.UTF_8), "--only", "z", "--out", "" + out);

        assertThat(code).isNotZero();
    }

    @Test
    void measuresOnlyTheVariantsThatAreNamedBesideTheYardstick() throws IOException {
        JsonObject results = bench("c", "--variants", "embedded, context, pool; serve, process");

        assertThat(variants(results, "c-wall"))
                .containsExactlyInAnyOrder("@UsePlaywright", "embedded, context, pool", "serve, process");
    }

    @Test
    void givesOptionsToTheJvmsOfAll() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        Bench.execute(
                new PrintStream(said, true, StandardCharsets.UTF_8),
                "--minimal",
                "--only",
                "c",
                "--variants",
                "@UsePlaywright",
                "--jvm",
                "-Xint -XX:NoSuchOption",
                "--out",
                "" + out);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("NoSuchOption");
    }

    @Test
    void namesTheVariantsWhereOneIsUnknown() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int code = Bench.execute(
                new PrintStream(said, true, StandardCharsets.UTF_8),
                "--minimal",
                "--only",
                "c",
                "--variants",
                "serve, proces",
                "--out",
                "" + out);

        assertThat(code).isNotZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("'serve, proces'", "embedded, context, pool");
    }

    private JsonObject bench(String only, String... more) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        List<String> arguments = new ArrayList<>(List.of("--minimal", "--only", only, "--out", "" + out));
        arguments.addAll(List.of(more));
        int code = Bench.execute(new PrintStream(said, true, StandardCharsets.UTF_8), arguments.toArray(String[]::new));

        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
        JsonObject results = JsonParser.parseString(Files.readString(out.resolve("results.json")))
                .getAsJsonObject();
        String page = Files.readString(out.resolve("index.html"));
        assertThat(page).doesNotContain("src=", "http://127");
        for (JsonElement each : results.getAsJsonArray("results")) {
            JsonObject result = each.getAsJsonObject();
            String id = result.get("id").getAsString();
            assertThat(page).contains("data-result=\"" + id + "\"");
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("[" + id + "] ");
            assertThat(out.resolve(id + ".svg")).exists();
            variants(results, id).forEach(variant -> assertThat(page).contains("data-series=\"" + variant + "\""));
        }
        return results;
    }

    private static Set<String> variants(JsonObject results, String id) {
        return variants(results, id, false);
    }

    private static Set<String> measured(JsonObject results, String id) {
        return variants(results, id, true);
    }

    private static Set<String> variants(JsonObject results, String id, boolean onlyMeasured) {
        Set<String> names = new HashSet<>();
        for (JsonElement each : results.getAsJsonArray("results")) {
            JsonObject result = each.getAsJsonObject();
            if (result.get("id").getAsString().equals(id)) {
                for (JsonElement one : result.getAsJsonArray("series")) {
                    JsonArray points = one.getAsJsonObject().getAsJsonArray("points");
                    if (!onlyMeasured || !points.isEmpty()) {
                        names.add(one.getAsJsonObject().get("variant").getAsString());
                    }
                }
            }
        }
        return names;
    }
}
