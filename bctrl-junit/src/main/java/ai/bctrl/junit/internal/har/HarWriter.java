package ai.bctrl.junit.internal.har;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a HAR file entry by entry. Not thread-safe; closed by its user. */
final class HarWriter implements HarFile.Visitor, AutoCloseable {
    private final Path har;
    private final Redaction redaction;
    private final HarEntry rules;
    private final long mostBodyBytes;
    private final OutputStream out;
    private final JsonWriter writer;
    private long left;
    private boolean inEntries;
    private int tooLarge;
    private int overLimit;
    private int unclean;

    HarWriter(Path har, Redaction redaction, Path target, long mostBodyBytes, long mostBytes) throws IOException {
        this.har = har;
        this.redaction = redaction;
        this.rules = new HarEntry(redaction);
        this.mostBodyBytes = Math.min(mostBodyBytes, HarFile.LARGEST_BODY);
        this.left = mostBytes;
        this.out = Files.newOutputStream(target);
        this.writer = new JsonWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        writer.setHtmlSafe(false);
        writer.beginObject().name("log").beginObject();
    }

    @Override
    public void member(String name, JsonElement value) throws IOException {
        endEntries();
        if (name.equals("pages") && value instanceof JsonArray pages) {
            for (JsonObject page : Json.objects(pages)) {
                Json.map(page, "title", redaction::text);
            }
        }
        writer.name(name);
        writer.jsonValue(value.toString());
    }

    @Override
    public void entries() throws IOException {
        writer.name("entries").beginArray();
        inEntries = true;
    }

    @Override
    public void entry(JsonObject entry) throws IOException {
        JsonObject request = Json.object(entry, "request");
        JsonObject response = Json.object(entry, "response");
        JsonObject sent = Json.object(request, "postData");
        embed(sent, true);
        JsonObject content = Json.object(response, "content");
        if (Json.text(entry, "_resourceType").equals("websocket")) {
            embedMessages(entry, content);
        } else {
            embed(content, false);
            tellIfLost(response, content);
        }
        complete(entry, request, response, content);
        rules.redact(entry);
        writer.jsonValue(entry.toString());
    }

    /** Fills in what HAR 1.2 requires, and Playwright leaves out. */
    private static void complete(JsonObject entry, JsonObject request, JsonObject response, JsonObject content) {
        entry.add("request", request);
        entry.add("response", response);
        if (!response.has("content")) {
            response.add("content", content);
        }
        putIfAbsent(content, "size", -1);
        if (!content.has("mimeType")) {
            content.addProperty("mimeType", "x-unknown");
        }
        for (JsonObject message : List.of(request, response)) {
            for (String list : List.of("cookies", "headers")) {
                if (!message.has(list)) {
                    message.add(list, new JsonArray());
                }
            }
            putIfAbsent(message, "headersSize", -1);
            putIfAbsent(message, "bodySize", -1);
        }
        if (!response.has("redirectURL")) {
            response.addProperty("redirectURL", "");
        }
        JsonObject timings = Json.object(entry, "timings");
        for (String phase : List.of("send", "wait", "receive")) {
            putIfAbsent(timings, phase, -1);
        }
        entry.add("timings", timings);
        if (!entry.has("cache")) {
            entry.add("cache", new JsonObject());
        }
    }

    private static void putIfAbsent(JsonObject object, String name, int value) {
        if (!object.has(name)) {
            object.addProperty(name, value);
        }
    }

    private void embed(JsonObject holder, boolean textOnly) throws IOException {
        String name = HarEntry.file(holder);
        if (name.isEmpty()) {
            return;
        }
        holder.remove("_file");
        holder.remove("_sha1");
        byte[] body = HarFile.body(har, name, mostBodyBytes);
        if (body == null) {
            tooLarge++;
            comment(holder, "the body is larger than " + mostBodyBytes + " bytes, or was not kept");
            return;
        }
        byte[] hidden = redaction.body(body, Json.text(holder, "mimeType"));
        if (hidden == null) {
            unclean++;
            comment(holder, "the body is not text and holds a secret");
        } else if (hidden.length > left) {
            overLimit++;
            comment(holder, "the bodies before were as much as is kept");
        } else {
            left -= hidden.length;
            put(holder, hidden, textOnly);
        }
    }

    /** The browser itself lets go of bodies that it has no room for. */
    private void tellIfLost(JsonObject response, JsonObject content) {
        double size = Math.max(Json.number(content, "size", -1), Json.number(response, "bodySize", -1));
        if (size > mostBodyBytes && !content.has("text") && !content.has("comment")) {
            tooLarge++;
            comment(content, "the body is larger than " + mostBodyBytes + " bytes, or was not kept");
        }
    }

    private static void put(JsonObject holder, byte[] body, boolean textOnly) {
        String text = text(body);
        if (text != null) {
            holder.addProperty("text", text);
        } else if (textOnly) {
            comment(holder, "the body is not text: " + body.length + " bytes");
        } else {
            holder.addProperty("text", Base64.getEncoder().encodeToString(body));
            holder.addProperty("encoding", "base64");
        }
    }

    private void embedMessages(JsonObject entry, JsonObject content) throws IOException {
        String name = HarEntry.file(content);
        content.remove("_file");
        content.remove("_sha1");
        byte[] lines = name.isEmpty() ? null : HarFile.body(har, name, Math.min(mostBodyBytes, left));
        if (lines == null) {
            if (!name.isEmpty()) {
                tooLarge++;
                comment(content, "the messages are more than is kept");
            }
            return;
        }
        left -= lines.length;
        JsonArray messages = new JsonArray();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isBlank()) {
                messages.add(message(JsonParser.parseString(line).getAsJsonObject()));
            }
        }
        entry.add("_webSocketMessages", messages);
    }

    /** Text is in a message as it is, anything else in base64. */
    private JsonObject message(JsonObject message) {
        boolean text = Json.number(message, "opcode", 1) == 1;
        String data = Json.text(message, "data");
        byte[] body = text
                ? data.getBytes(StandardCharsets.UTF_8)
                : Base64.getMimeDecoder().decode(data);
        byte[] hidden = redaction.body(body, "");
        if (hidden == null) {
            unclean++;
            hidden = new byte[0];
        }
        message.addProperty(
                "data",
                text
                        ? new String(hidden, StandardCharsets.UTF_8)
                        : Base64.getEncoder().encodeToString(hidden));
        return message;
    }

    private static void comment(JsonObject holder, String comment) {
        holder.addProperty("comment", comment);
        if (holder.has("params")) {
            holder.addProperty("text", "");
        }
    }

    private static @Nullable String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.indexOf('\0') >= 0 ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void endEntries() throws IOException {
        if (inEntries) {
            writer.endArray();
            inEntries = false;
        }
    }

    /** {@return what was left out} */
    List<String> finish() throws IOException {
        endEntries();
        writer.endObject().endObject();
        List<String> remarks = new ArrayList<>();
        remark(remarks, tooLarge, "that are larger than " + mostBodyBytes + " bytes, or were not kept");
        remark(remarks, overLimit, "that are more than is kept of all bodies together");
        remark(remarks, unclean, "that are not text and hold a secret");
        return remarks;
    }

    private static void remark(List<String> remarks, int count, String what) {
        if (count > 0) {
            remarks.add(count + (count == 1 ? " body of those " : " bodies of those ") + what);
        }
    }

    @Override
    public void close() throws IOException {
        // When a full disk does not take the rest of the text, the writers of Java 17 leave the file open.
        try (out) {
            writer.close();
        }
    }
}
