package ai.bctrl.junit.internal.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    @TempDir
    @Nullable
    Path directory;

    @Test
    void tellsTestsWithTheirAttemptsInOrder() throws IOException {
        results(
                line("Cart.adds", 2, "passed", ""),
                line(
                        "Cart.adds",
                        1,
                        "failed",
                        ",\"failure\":\"java.lang.AssertionError: empty\",\"origin\":\"test-error\""),
                line(
                        "Cart.clears",
                        1,
                        "passed",
                        ",\"phases\":[{\"name\":\"body\",\"durationMs\":12},{\"name\":\"later\"}]"));
        JsonObject data = written();
        List<JsonObject> tests = JsonFields.objects(data.get("tests"));
        assertThat(tests).extracting(test -> JsonFields.text(test, "id")).containsExactly("Cart.adds", "Cart.clears");
        assertThat(JsonFields.objects(tests.get(0).get("attempts")))
                .extracting(attempt -> JsonFields.text(attempt, "outcome"))
                .containsExactly("failed", "passed");
        assertThat(tests.get(0).toString()).contains("AssertionError: empty", "test-error");
        assertThat(tests.get(1).toString()).contains("[[\"body\",12],[\"later\",0]]", "\"ms\":12");
    }

    @Test
    void takesWhatItCanOfHalfWrittenLines() throws IOException {
        Files.writeString(
                run().resolve("results-1-1.jsonl"), line("Cart.adds", 1, "passed", "") + "\n\n[]\n{\"test\":{\"cl");
        Files.write(run().resolve("results-2-1.jsonl"), new byte[] {'{', (byte) 0xc3});
        JsonObject data = written();
        assertThat(data.getAsJsonArray("tests")).hasSize(1);
        assertThat(data.getAsJsonArray("problems").toString())
                .contains("results-1-1.jsonl, line 3: it is not a result")
                .contains("results-1-1.jsonl, line 4: it is not whole JSON")
                .contains("results-2-1.jsonl, line 1: it is not whole JSON");
    }

    @Test
    void toleratesFieldsOfOtherTypes() throws IOException {
        results(
                "{\"test\":{\"class\":7,\"method\":[],\"displayName\":null},\"attempt\":\"x\",\"durationMs\":{},\"phases\":3,"
                        + "\"outcome\":\"exploded\",\"bundle\":\"../..\",\"start\":false}");
        assertThat(written().getAsJsonArray("tests").toString()).contains("\"outcome\":\"failed\"", "7.(class)");
    }

    @Test
    void showsABundleThatLeftNoLine() throws IOException {
        new SampleRun(run()).write(4);
        Files.delete(run().resolve("results-4711-1.jsonl"));
        JsonObject data = written();
        assertThat(data.getAsJsonArray("tests")).hasSize(1);
        assertThat(data.getAsJsonArray("tests").toString())
                .contains(SampleRun.name(3), "\"outcome\":\"failed\"", "\"bundle\":0");
    }

    @Test
    void survivesABrokenBundle() throws IOException {
        Path bundle = Files.createDirectories(run().resolve("com.acme.Cart/adds/attempt-1"));
        Files.writeString(bundle.resolve("failure.json"), "{\"files\":[");
        Files.writeString(bundle.resolve("console.json"), "[{\"text\":\"hi\"},");
        Files.writeString(bundle.resolve("page-1.png"), "no picture");
        Files.writeString(bundle.resolve("failure.txt"), "the stack");
        JsonObject data = written();
        assertThat(data.getAsJsonArray("problems").toString()).contains("failure.json: it is not whole JSON");
        assertThat(data.getAsJsonArray("tests").toString()).contains("Cart.adds");
        JsonObject kept = bundle(0);
        assertThat(kept.get("problems").toString())
                .contains("failure.json cannot be read", "console.json cannot be read");
        assertThat(kept.get("failure").toString()).contains("the stack");
        assertThat(page()).doesNotContain("id=\"t0\"");
    }

    @Test
    void readsOnlyFilesOfTheBundle() throws IOException {
        Files.writeString(run().resolve("secret.txt"), "not for the report");
        Path bundle = Files.createDirectories(run().resolve("com.acme.Cart/adds/attempt-1"));
        Files.writeString(
                bundle.resolve("failure.json"),
                "{\"test\":{\"class\":\"com.acme.Cart\"},\"files\":[{\"kind\":\"failure\",\"name\":\"../../../secret.txt\"},"
                        + "{\"kind\":\"aria\",\"name\":\"link.txt\"},{\"kind\":\"dom\",\"name\":\"gone.html\"}]}");
        Files.createSymbolicLink(bundle.resolve("link.txt"), run().resolve("secret.txt"));
        written();
        assertThat(bundle(0).toString()).doesNotContain("not for the report").contains("\"gone.html\",\"size\":-1");
    }

    @Test
    void findsWhatAFailureCanBeComparedWith() throws IOException {
        Path runs = requireNonNull(directory);
        new SampleRun(runs.resolve("older")).writePassing(4);
        new SampleRun(run()).write(8);
        JsonObject data = written();
        String summaries = data.getAsJsonArray("bundles").toString();
        assertThat(summaries).contains("../older/", "attempt-2/");
        assertThat(PassingBundle.like(run().resolve("com.acme.shop.ReturnsTest/listsDeliveries/attempt-1")))
                .isNull();
        assertThat(data.getAsJsonArray("tests").toString()).containsPattern("\"bundle\":\\d,\"compare\":\\d");
    }

    @Test
    void escapesWhateverCouldEndAScript() throws IOException {
        new SampleRun(run()).hostile().write(4);
        RunReport.write(run());
        String page = page();
        assertThat(page).doesNotContain("<img", "\u2028", "onerror=\"");
        assertThat(page.split("</script>", -1)).hasSize(page.split("<script", -1).length);
        JsonObject test = JsonFields.objects(data(page).get("tests")).get(0);
        assertThat(JsonFields.text(test, "name")).endsWith(SampleBundle.HOSTILE);
    }

    @Test
    void namesItsOwnScriptAndStyleByTheirHashesOnly() throws IOException {
        results(line("Cart.adds", 1, "passed", ""));
        RunReport.write(run());
        String page = page();
        assertThat(page).contains("default-src 'none'").doesNotContain("unsafe-inline", "{{");
        assertThat(Pattern.compile("sha256-[A-Za-z0-9+/=]{44}'").matcher(page).results())
                .hasSize(2);
        assertThat(page.replaceAll("http://www.w3.org/2000/svg", ""))
                .doesNotContain("src=\"http", "href=\"http", "@import", "url(");
    }

    @Test
    void replacesThePageAndLeavesNothingElse() throws IOException {
        results(line("Cart.adds", 1, "passed", ""));
        RunReport.write(run());
        results(line("Cart.adds", 1, "passed", ""), line("Cart.clears", 1, "passed", ""));
        assertThat(RunReport.write(run())).isEqualTo(run().resolve("index.html"));
        assertThat(data(page()).getAsJsonArray("tests")).hasSize(2);
        try (Stream<Path> files = Files.list(run())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("index.html", "results-1-1.jsonl");
        }
    }

    @Test
    void staysSmallWhateverIsKept() throws IOException {
        for (int test = 0; test < 6; test++) {
            Path bundle = Files.createDirectories(run().resolve("com.acme.Cart/adds[" + test + "]/attempt-1"));
            Files.writeString(
                    bundle.resolve("failure.json"), "{\"test\":{\"class\":\"Cart\",\"method\":\"adds" + test + "\"}}");
            Files.writeString(bundle.resolve("page-1.html"), incompressible(6_000_000, test));
            Files.writeString(bundle.resolve("failure.txt"), incompressible(3_000_000, test + 100));
        }
        assertThat(Files.size(RunReport.write(run()))).isLessThan(25_000_000);
        assertThat(data(page()).getAsJsonArray("bundles").toString()).doesNotContain("\"there\":false");
    }

    @Test
    void tellsWhatIsWrongWithTheDirectory() {
        assertThatThrownBy(() -> RunReport.write(requireNonNull(directory).resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no directory")
                .hasMessageContaining("nowhere");
    }

    @Test
    void writesAReportOfOneAttempt() throws IOException {
        new SampleRun(run()).write(8);
        Path attempt = RunResults.bundles(run()).get(0);
        Path page = AttemptReport.write(attempt);
        JsonObject data = data(Files.readString(page));
        assertThat(page).isEqualTo(attempt.resolve("index.html"));
        assertThat(JsonFields.text(data, "kind")).isEqualTo("attempt");
        assertThat(JsonFields.text(data, "up")).isEqualTo("../../../index.html");
        assertThat(data.getAsJsonArray("tests")).hasSize(1);
        assertThat(data.getAsJsonArray("bundles").get(0).toString()).contains("\"path\":\"\"");
    }

    @Test
    void readsBundlesOfEarlyVersions() throws IOException {
        Path bundle = Files.createDirectories(run().resolve("com.acme.Cart/adds/attempt-1"));
        Files.writeString(
                bundle.resolve("failure.json"),
                "{\"schemaVersion\":1,\"test\":{\"class\":\"com.acme.Cart\",\"method\":\"adds\"},\"failure\":\"java.lang.AssertionError:"
                        + " empty\\nsecond line\",\"files\":[{\"kind\":\"screenshot\",\"name\":\"page-1.png\",\"note\":null}]}");
        assertThat(written().getAsJsonArray("tests").toString())
                .contains("\"failure\":\"java.lang.AssertionError: empty\"", "\"outcome\":\"failed\"");
    }

    private static String incompressible(int length, int seed) {
        StringBuilder text = new StringBuilder(length);
        long state = seed + 1L;
        while (text.length() < length) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append(Long.toString(state >>> 8, 36));
        }
        return text.toString();
    }

    private static String line(String name, int attempt, String outcome, String more) {
        return "{\"test\":{\"name\":\"" + name + "\",\"class\":\"com.acme.Cart\",\"uniqueId\":\"[" + name
                + "]\",\"colour\":1},\"attempt\":" + attempt + ",\"outcome\":\"" + outcome + "\"" + more
                + ",\"unknown\":{}}";
    }

    private Path run() throws IOException {
        return Files.createDirectories(requireNonNull(directory).resolve("run"));
    }

    private void results(String... lines) throws IOException {
        Files.writeString(run().resolve("results-1-1.jsonl"), String.join("\n", lines) + "\n");
    }

    private JsonObject written() throws IOException {
        RunReport.write(run());
        return data(page());
    }

    private String page() throws IOException {
        return Files.readString(run().resolve("index.html"));
    }

    private static JsonObject data(String page) {
        return JsonParser.parseString(block(page, "data")).getAsJsonObject();
    }

    private JsonObject bundle(int index) throws IOException {
        byte[] packed = Base64.getDecoder().decode(block(page(), "b" + index));
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JsonParser.parseString(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    private static String block(String page, String id) {
        Matcher matcher = Pattern.compile("id=\"" + id + "\">([^<]*)</script>").matcher(page);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
