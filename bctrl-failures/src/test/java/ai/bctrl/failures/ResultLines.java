package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The attempts of a run as its {@code results-*.jsonl} tell them.
 *
 * @param attempts one object for each
 */
record ResultLines(List<JsonObject> attempts) {
    /** Reads those of a run; each line must be whole. */
    static ResultLines of(Path run) throws IOException {
        List<JsonObject> attempts = new ArrayList<>();
        try (Stream<Path> list = Files.list(run)) {
            for (Path file : list.filter(path -> path.getFileName().toString().matches("results-\\d+-\\d+\\.jsonl"))
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                assertThat(text).as(file.toString()).endsWith("\n");
                for (String line : text.lines().toList()) {
                    attempts.add(whole(line));
                }
            }
        }
        return new ResultLines(attempts);
    }

    private static JsonObject whole(String line) {
        JsonObject attempt = JsonParser.parseString(line).getAsJsonObject();
        assertThat(attempt.keySet()).as(line).contains("test", "attempt", "outcome", "start", "durationMs", "phases");
        assertThat(attempt.getAsJsonObject("test").keySet())
                .as(line)
                .contains("displayName", "class", "method", "name", "uniqueId");
        assertThat(attempt.get("outcome").getAsString()).as(line).isIn("passed", "failed", "aborted");
        assertThat(attempt.get("durationMs").getAsLong()).as(line).isNotNegative();
        assertThat(Instant.parse(attempt.get("start").getAsString())).as(line).isBefore(Instant.now());
        return attempt;
    }

    /** {@return the attempts with that outcome} */
    List<JsonObject> with(String outcome) {
        return attempts.stream()
                .filter(attempt -> attempt.get("outcome").getAsString().equals(outcome))
                .toList();
    }

    /** {@return what tells each attempt from all others} */
    List<String> keys() {
        return attempts.stream()
                .map(attempt -> attempt.getAsJsonObject("test").get("uniqueId").getAsString() + " #"
                        + attempt.get("attempt").getAsInt())
                .toList();
    }
}
