package ai.bctrl;

import ai.bctrl.internal.json.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Answers of a service, recorded request by request and played back in the same order for the same request. */
public final class Tape {
    private final JsonArray exchanges = new JsonArray();

    /** Creates an empty tape. */
    public Tape() {}

    /** Reads a tape from the class path. */
    static Tape load(String resource) throws IOException {
        Tape tape = new Tape();
        try (InputStream text = Tape.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IOException("there is no tape " + resource);
            }
            JsonParser.parseString(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonArray()
                    .forEach(tape.exchanges::add);
        }
        return tape;
    }

    /** Records one exchange. Addresses that carry a credential are recorded without it. */
    public synchronized void record(String method, String target, int status, String body) {
        JsonObject exchange = new JsonObject();
        exchange.addProperty("request", method + " " + target);
        exchange.addProperty("status", status);
        exchange.add(
                "body",
                JsonParser.parseString(body.replaceAll("signature=[A-Za-z0-9_-]+", "signature=recorded")
                        .replaceAll("ws://[^/\"]+", "ws://127.0.0.1:8787")));
        exchanges.add(exchange);
    }

    /** Writes the tape. */
    public synchronized void save(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        StringBuilder text = new StringBuilder("[\n");
        for (int i = 0; i < exchanges.size(); i++) {
            text.append("  ").append(Json.write(exchanges.get(i))).append(i + 1 < exchanges.size() ? ",\n" : "\n");
        }
        Files.writeString(file, text.append("]\n"));
    }

    Dispatcher player() {
        Map<String, Deque<JsonObject>> left = new HashMap<>();
        for (JsonElement exchange : exchanges) {
            JsonObject recorded = exchange.getAsJsonObject();
            left.computeIfAbsent(recorded.get("request").getAsString(), key -> new ArrayDeque<>())
                    .add(recorded);
        }
        return new Dispatcher() {
            @Override
            public synchronized MockResponse dispatch(RecordedRequest request) {
                Deque<JsonObject> answers =
                        left.getOrDefault(request.getMethod() + " " + request.getTarget(), new ArrayDeque<>());
                if (answers.isEmpty()) {
                    return new MockResponse.Builder()
                            .code(418)
                            .body("not on the tape: " + request.getMethod() + " " + request.getTarget())
                            .build();
                }
                // The last answer to a request is good for any number of the same.
                JsonObject answer = answers.size() > 1 ? answers.remove() : answers.element();
                return new MockResponse.Builder()
                        .code(answer.get("status").getAsInt())
                        .addHeader("Content-Type", "application/json")
                        .body(Json.write(answer.get("body")))
                        .build();
            }
        };
    }
}
