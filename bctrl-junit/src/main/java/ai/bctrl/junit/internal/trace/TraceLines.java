package ai.bctrl.junit.internal.trace;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads files of one JSON object a line, one line at a time. */
final class TraceLines {
    /** A longer line is skipped: a page whose copy is that large is not worth the memory. */
    static final int LONGEST = 8 * 1024 * 1024;

    private TraceLines() {}

    /** Is told each line. */
    interface Visitor {
        /** {@return if the line, given by its start, is worth parsing} */
        default boolean wants(String line) {
            return true;
        }

        void line(JsonObject event) throws IOException;
    }

    /** {@return how many lines were skipped because they were too long or no JSON} */
    static int visit(ZipFile zip, ZipEntry entry, Visitor visitor) throws IOException {
        int skipped = 0;
        try (Reader reader = new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            char[] block = new char[1 << 16];
            int length;
            while ((length = reader.read(block)) >= 0) {
                int start = 0;
                for (int i = 0; i < length; i++) {
                    if (block[i] == '\n') {
                        append(line, block, start, i);
                        skipped += visit(line, visitor);
                        line = new StringBuilder();
                        start = i + 1;
                    }
                }
                append(line, block, start, length);
            }
            skipped += visit(line, visitor);
        }
        return skipped;
    }

    /** Of a line that is too long it is enough to know that. */
    private static void append(StringBuilder line, char[] block, int start, int end) {
        if (line.length() <= LONGEST) {
            line.append(block, start, end - start);
        }
    }

    private static int visit(StringBuilder line, Visitor visitor) throws IOException {
        if (line.isEmpty()) {
            return 0;
        }
        if (line.length() > LONGEST) {
            return 1;
        }
        String text = line.toString();
        if (!visitor.wants(text)) {
            return 0;
        }
        try {
            if (JsonParser.parseString(text) instanceof JsonObject event) {
                visitor.line(event);
                return 0;
            }
        } catch (JsonParseException e) {
            // A browser that died may have left half a line.
            return 1;
        }
        return 1;
    }
}
