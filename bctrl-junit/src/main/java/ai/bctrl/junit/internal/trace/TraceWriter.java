package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.har.HarEntry;
import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Writes a trace again without its secrets. Not thread-safe; closed by its user. */
final class TraceWriter implements AutoCloseable {
    private final ZipFile file;
    private final Redaction redaction;
    private final TraceEvents events;
    private final HarEntry entries;
    private final Counting counting;
    private final ZipOutputStream out;
    private final long mostBytes;
    private final Map<String, String> mediaTypes = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();

    TraceWriter(ZipFile file, Redaction redaction, Set<String> secretCalls, Path target, long mostBytes)
            throws IOException {
        this.file = file;
        this.redaction = redaction;
        this.events = new TraceEvents(redaction, secretCalls);
        this.entries = new HarEntry(redaction);
        this.mostBytes = mostBytes;
        this.counting = new Counting(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16));
        this.out = new ZipOutputStream(counting, StandardCharsets.UTF_8);
    }

    /** {@return what was left out} */
    List<String> write() throws IOException {
        List<ZipEntry> resources = new ArrayList<>();
        for (ZipEntry entry : file.stream().toList()) {
            if (entry.getName().endsWith(TraceFile.EVENTS)) {
                lines(entry, events::redact);
            } else if (entry.getName().endsWith(TraceFile.NETWORK)) {
                lines(entry, this::exchange);
            } else if (!entry.isDirectory()) {
                resources.add(entry);
            }
        }
        // Pictures come last, the newest first: the end of a test matters most.
        resources.sort(Comparator.comparing(TraceWriter::isPicture)
                .thenComparing(entry -> isPicture(entry) ? entry.getName() : "", Comparator.reverseOrder()));
        resources(resources);
        return remarks;
    }

    /** Changes a line. */
    private interface Change {
        JsonObject apply(JsonObject line);
    }

    private void lines(ZipEntry entry, Change change) throws IOException {
        out.putNextEntry(new ZipEntry(entry.getName()));
        int skipped = TraceLines.visit(file, entry, line -> {
            out.write(change.apply(line).toString().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        });
        out.closeEntry();
        if (skipped > 0) {
            remarks.add(skipped + " lines of " + entry.getName() + " that are broken or larger than "
                    + TraceLines.LONGEST + " characters");
        }
    }

    private JsonObject exchange(JsonObject line) {
        if (line.get("snapshot") instanceof JsonObject exchange) {
            mediaType(exchange, "request", "postData");
            mediaType(exchange, "response", "content");
            entries.redact(exchange);
        }
        return line;
    }

    private void mediaType(JsonObject exchange, String message, String body) {
        if (exchange.get(message) instanceof JsonObject part
                && part.get(body) instanceof JsonObject holder
                && holder.get("_sha1") instanceof JsonPrimitive sha1
                && holder.get("mimeType") instanceof JsonPrimitive type) {
            mediaTypes.put(TraceFile.RESOURCES + sha1.getAsString(), type.getAsString());
        }
    }

    private static boolean isPicture(ZipEntry entry) {
        return entry.getName().endsWith(".jpeg");
    }

    private void resources(List<ZipEntry> resources) throws IOException {
        int tooLarge = 0;
        int unclean = 0;
        for (ZipEntry entry : resources) {
            byte[] content = counting.written + Math.max(0, entry.getCompressedSize()) > mostBytes
                    ? null
                    : TraceFile.content(file, entry);
            if (content == null) {
                tooLarge++;
                continue;
            }
            byte[] hidden = redaction.body(
                    content, mediaTypes.getOrDefault(entry.getName(), TraceFile.mediaType(entry.getName())));
            if (hidden == null) {
                unclean++;
                continue;
            }
            out.putNextEntry(new ZipEntry(entry.getName()));
            out.write(hidden);
            out.closeEntry();
        }
        if (tooLarge > 0) {
            remarks.add(tooLarge + " resources of the trace: it would be larger than " + mostBytes + " bytes");
        }
        if (unclean > 0) {
            remarks.add(unclean + " resources of the trace that are not text and hold a secret");
        }
    }

    @Override
    public void close() throws IOException {
        // Of a zip file that a full disk does not let finish, Java 17 leaves the file open.
        try (counting) {
            out.close();
        }
    }

    /** Counts what goes to the file. */
    private static final class Counting extends FilterOutputStream {
        private long written;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }
    }
}
