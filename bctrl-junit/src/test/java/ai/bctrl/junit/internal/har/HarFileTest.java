package ai.bctrl.junit.internal.har;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        assertThatThrownBy(() -> read(har, Map.of())).isInstanceOf(IOException.class);
    }

    @Test
    void tellsWhichFileIsMissing() {
        Path missing = requireNonNull(directory).resolve("missing.har");
        assertThatThrownBy(() -> HarFile.read(missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.har");
    }

    @Test
    void takesNoBodyFromOutsideOfTheirDirectory() throws IOException {
        Files.writeString(requireNonNull(directory).resolve("other"), "of somebody else");
        HarFile file = read("""
                {"log":{"entries":[{"response":{"content":{"_file":"../other"}}}]}}""", Map.of());
        Path target = requireNonNull(directory).resolve("network.har");
        assertThat(file.write(redaction, target, 1_000_000, 1_000_000))
                .containsExactly("1 body of those that are larger than 1000000 bytes, or were not kept");
        assertThat(Files.readString(target)).doesNotContain("of somebody else");
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
        HarFile file = read(har, Map.of("m.jsonl", messages));
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
        HarFile file = read("{\"log\":{\"entries\":[{}]}}", Map.of());
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

    private HarFile read(String har, Map<String, String> bodies) throws IOException {
        Path own = Files.createDirectories(requireNonNull(directory).resolve("network"));
        Path file = Files.writeString(own.resolve("driver.har"), har);
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            Files.writeString(own.resolve(body.getKey()), body.getValue());
        }
        return HarFile.read(file);
    }
}
