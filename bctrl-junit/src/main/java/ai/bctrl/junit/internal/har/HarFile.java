package ai.bctrl.junit.internal.har;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Playwright recorded of the network, with its bodies in files beside it. Is read entry by entry, never as a whole.
 * Immutable; the files must stay until they are no longer needed.
 */
public final class HarFile {
    /** A larger body is neither read for secrets nor kept. */
    static final int LARGEST_BODY = 8 * 1024 * 1024;

    private final Path har;
    private final List<Exchange> exchanges;

    private HarFile(Path har, List<Exchange> exchanges) {
        this.har = har;
        this.exchanges = List.copyOf(exchanges);
    }

    /**
     * Reads the file.
     *
     * @param har the file, in a directory with nothing else but its bodies
     * @throws IOException if it is not such a file
     */
    public static HarFile read(Path har) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        visit(har, new Visitor() {
            @Override
            public void entry(JsonObject entry) {
                exchanges.add(exchange(entry));
            }
        });
        return new HarFile(har, exchanges);
    }

    /** {@return all requests in the order in which they began; those that never finished too; with their secrets} */
    public List<Exchange> exchanges() {
        return exchanges;
    }

    /** Learns the secrets of headers, cookies, parameters and bodies. */
    public void learnSecrets(Redaction redaction) throws IOException {
        HarEntry rules = new HarEntry(redaction);
        visit(har, new Visitor() {
            @Override
            public void entry(JsonObject entry) throws IOException {
                rules.learn(entry, name -> body(har, name, LARGEST_BODY));
            }
        });
    }

    /**
     * Writes one file in the format HAR 1.2, without secrets and with the bodies in it.
     *
     * @param target the file; replaced if it is there
     * @param mostBodyBytes larger bodies are left out, with a comment in their place
     * @param mostBytes when all bodies together would be larger, the rest is left out too
     * @return what was left out, for people; empty if nothing was
     * @throws IOException if the file cannot be read or written
     */
    public List<String> write(Redaction redaction, Path target, long mostBodyBytes, long mostBytes) throws IOException {
        try (HarWriter writer = new HarWriter(har, redaction, target, mostBodyBytes, mostBytes)) {
            visit(har, writer);
            return writer.finish();
        }
    }

    /** Is told what is in a file, in the order in which it is there. */
    interface Visitor {
        /** A member of the log other than its entries. */
        default void member(String name, JsonElement value) throws IOException {}

        /** The entries begin. */
        default void entries() throws IOException {}

        /** The next entry, which may be changed. */
        void entry(JsonObject entry) throws IOException;
    }

    private static void visit(Path har, Visitor visitor) throws IOException {
        try (JsonReader reader = new JsonReader(Files.newBufferedReader(har))) {
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.nextName().equals("log")) {
                    visitLog(reader, visitor);
                } else {
                    reader.skipValue();
                }
            }
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(har + " is not a HAR file: " + e.getMessage(), e);
        }
    }

    private static void visitLog(JsonReader reader, Visitor visitor) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (!name.equals("entries")) {
                visitor.member(name, JsonParser.parseReader(reader));
                continue;
            }
            visitor.entries();
            reader.beginArray();
            while (reader.hasNext()) {
                visitor.entry(JsonParser.parseReader(reader).getAsJsonObject());
            }
            reader.endArray();
        }
        reader.endObject();
    }

    /** {@return the content; {@code null} if there is none, or it is larger} */
    static byte @Nullable [] body(Path har, String name, long most) throws IOException {
        Path body = har.resolveSibling(name);
        if (name.indexOf('/') >= 0
                || name.indexOf('\\') >= 0
                || !Files.isRegularFile(body)
                || Files.size(body) > most) {
            return null;
        }
        return Files.readAllBytes(body);
    }

    private static Exchange exchange(JsonObject entry) {
        JsonObject request = Json.object(entry, "request");
        JsonObject response = Json.object(entry, "response");
        JsonObject content = Json.object(response, "content");
        String failure = Json.text(response, "_failureText");
        String mediaType = Json.text(content, "mimeType").replaceFirst("\\s*;.*", "");
        double time = Json.number(entry, "time", 0);
        return new Exchange(
                Json.text(request, "method"),
                Json.text(request, "url"),
                (int) Json.number(response, "status", -1),
                failure.isEmpty() ? null : failure,
                mediaType.equals("x-unknown") ? "" : mediaType,
                (long) Json.number(content, "size", -1),
                instant(Json.text(entry, "startedDateTime")),
                Duration.of(Math.round(Math.max(time, 0) * 1e3), ChronoUnit.MICROS));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
