package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.har.HarEntry;
import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A trace that Playwright recorded. Is read line by line, never as a whole. Immutable; the file must stay until it is no
 * longer needed.
 */
public final class TraceFile {
    /** Of more lines the last ones are read. */
    public static final int MOST_CONSOLE_LINES = 5000;

    static final String EVENTS = ".trace";
    static final String NETWORK = ".network";
    static final String RESOURCES = "resources/";

    /** A larger resource is neither read for secrets nor kept. */
    static final int LARGEST_RESOURCE = 8 * 1024 * 1024;

    private final Path zip;
    private final List<Action> actions;
    private final List<ConsoleLine> console;
    private final int consoleLines;
    private final List<TraceReader.FieldUse> fields;

    private TraceFile(Path zip, TraceReader reader) {
        this.zip = zip;
        this.actions = List.copyOf(reader.actions());
        this.console = reader.console();
        this.consoleLines = reader.consoleLines();
        this.fields = List.copyOf(reader.fields());
    }

    /**
     * Reads what was done and said; the rest stays in the file.
     *
     * @throws IOException if it is not a trace
     */
    public static TraceFile read(Path zip) throws IOException {
        TraceReader reader = new TraceReader();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> events = file.stream()
                    .filter(entry -> entry.getName().endsWith(EVENTS))
                    .toList();
            if (events.isEmpty()) {
                throw new IOException(file.getName() + " holds no trace");
            }
            for (ZipEntry entry : events) {
                TraceLines.visit(file, entry, new TraceLines.Visitor() {
                    @Override
                    public boolean wants(String line) {
                        return !line.startsWith("{\"type\":\"frame-snapshot\"")
                                && !line.startsWith("{\"type\":\"screencast-frame\"");
                    }

                    @Override
                    public void line(JsonObject event) {
                        reader.event(event);
                    }
                });
            }
        }
        reader.end();
        return new TraceFile(zip, reader);
    }

    /** {@return what the test did, in order; with its secrets} */
    public List<Action> actions() {
        return actions;
    }

    /** {@return what the pages said last, in order; with its secrets; at most {@link #MOST_CONSOLE_LINES}} */
    public List<ConsoleLine> console() {
        return console;
    }

    /** {@return how many lines the pages said in all} */
    public int consoleLines() {
        return consoleLines;
    }

    /**
     * Learns what was typed in secret fields, credentials, cookies and headers that the test set, and the secrets of
     * requests and responses if the trace has them.
     */
    public void learnSecrets(Redaction redaction) throws IOException {
        for (TraceReader.FieldUse use : fields) {
            if (use.value() != null && use.field().isSecret(redaction)) {
                redaction.learn(use.value());
            }
        }
        TraceEvents events = new TraceEvents(redaction, Set.of());
        HarEntry entries = new HarEntry(redaction);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(EVENTS)) {
                    TraceLines.visit(file, entry, events::learn);
                } else if (entry.getName().endsWith(NETWORK)) {
                    TraceLines.visit(file, entry, line -> {
                        if (line.get("snapshot") instanceof JsonObject exchange) {
                            entries.learn(exchange, name -> resource(file, name));
                        }
                    });
                }
            }
        }
    }

    /**
     * Writes the trace again, without secrets.
     *
     * @param target the file; replaced if it is there
     * @param mostBytes pictures and bodies that would make the file larger are left out
     * @return what was left out, for people; empty if nothing was
     * @throws IOException if the file cannot be read or written
     */
    public List<String> write(Redaction redaction, Path target, long mostBytes) throws IOException {
        Set<String> secretCalls = new HashSet<>();
        for (TraceReader.FieldUse use : fields) {
            if (use.field().isSecret(redaction)) {
                secretCalls.add(use.callId());
            }
        }
        try (ZipFile file = new ZipFile(zip.toFile());
                TraceWriter writer = new TraceWriter(file, redaction, secretCalls, target, mostBytes)) {
            return writer.write();
        }
    }

    private static byte @Nullable [] resource(ZipFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(RESOURCES + name);
        return entry == null ? null : content(file, entry);
    }

    /** {@return the content, {@code null} if it is too large} */
    static byte @Nullable [] content(ZipFile file, ZipEntry entry) throws IOException {
        if (entry.getSize() > LARGEST_RESOURCE) {
            return null;
        }
        try (InputStream in = file.getInputStream(entry)) {
            byte[] content = in.readNBytes(LARGEST_RESOURCE + 1);
            return content.length > LARGEST_RESOURCE ? null : content;
        }
    }

    /** {@return what a resource is, by its name} */
    static String mediaType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "html", "htm", "xhtml" -> "text/html";
            case "svg" -> "image/svg+xml";
            case "xml" -> "application/xml";
            case "css" -> "text/css";
            case "js", "mjs" -> "text/javascript";
            case "json", "map" -> "application/json";
            case "txt", "jsonl" -> "text/plain";
            case "jpeg", "jpg", "png", "gif", "webp", "avif", "ico" -> "image/" + extension;
            case "woff", "woff2", "ttf", "otf" -> "font/" + extension;
            default -> "";
        };
    }
}
