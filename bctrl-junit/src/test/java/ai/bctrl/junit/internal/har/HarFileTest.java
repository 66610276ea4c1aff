package ai.bctrl.junit.internal.har;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that no browser would make in a test. */
class HarFileTest {
    @TempDir
    @Nullable
    Path directory;

    private final Redaction redaction = new Redaction(SecretRules.defaults());

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"log\":[]}", "{\"log\":{\"entries\":[{", "{\"log\":{\"entries\":[1]}}"})
    void refusesAFileThatIsNone(String har) throws IOException {
        Path zip = zip(Map.of("har.har", har));
        assertThatThrownBy(() -> HarFile.read(zip)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAZipWithoutOne() throws IOException {
        Path zip = zip(Map.of("other", "x"));
        assertThatThrownBy(() -> HarFile.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no har.har");
    }

    @Test
    void keepsTheMessagesOfAWebSocket() throws IOException {
        String har = """
                {"log":{"version":"1.2","entries":[{"_resourceType":"websocket","startedDateTime":"2026-11-22T06:00:00.000Z",
                "time":1,"request":{"method":"GET","url":"ws://h/?token=abc"},
                "response":{"status":101,"content":{"_file":"m.jsonl"}}}]}}""";
        String messages = """
                {"type":"send","time":1,"opcode":1,"data":"{\\"password\\":\\"abc-1\\",\\"a\\":\\"innocent\\"}"}
                {"type":"receive","time":2,"opcode":2,"data":"dG9rZW49eHl6"}
                """;
        HarFile file = HarFile.read(zip(Map.of("har.har", har, "m.jsonl", messages)));
        file.learnSecrets(redaction);
        JsonObject entry = write(file);
        assertThat(entry.getAsJsonObject("request").get("url").getAsString()).isEqualTo("ws://h/?token=•••");
        assertThat(entry.getAsJsonArray("_webSocketMessages")
                        .get(0)
                        .getAsJsonObject()
                        .get("data")
                        .getAsString())
                .isEqualTo("{\"password\":\"•••\",\"a\":\"innocent\"}");
        assertThat(entry.toString()).doesNotContain("m.jsonl", "dG9rZW49eHl6", "abc-1");
    }

    @Test
    void completesAnEntryThatIsAlmostEmpty() throws IOException {
        HarFile file = HarFile.read(zip(Map.of("har.har", "{\"log\":{\"entries\":[{}]}}")));
        assertThat(file.exchanges())
                .singleElement()
                .satisfies(one -> assertThat(one.status()).isEqualTo(-1));
        file.learnSecrets(redaction);
        assertThat(write(file).has("timings")).isTrue();
    }

    private JsonObject write(HarFile file) throws IOException {
        Path target = requireNonNull(directory).resolve("network.har");
        assertThat(file.write(redaction, target, 1_000_000, 1_000_000)).isEmpty();
        return JsonParser.parseString(Files.readString(target))
                .getAsJsonObject()
                .getAsJsonObject("log")
                .getAsJsonArray("entries")
                .get(0)
                .getAsJsonObject();
    }

    private Path zip(Map<String, String> files) throws IOException {
        Path zip = requireNonNull(directory).resolve("har.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }
}
