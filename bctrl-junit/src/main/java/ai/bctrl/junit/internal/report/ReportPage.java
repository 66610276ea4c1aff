package ai.bctrl.junit.internal.report;

import com.google.gson.JsonElement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Puts the parts of the app and the data into one file, {@code index.html}. */
final class ReportPage {
    static final String NAME = "index.html";
    private static final List<String> SCRIPTS = List.of(
            "dom.js",
            "data.js",
            "widgets.js",
            "overview.js",
            "tables.js",
            "diff.js",
            "compare.js",
            "detail.js",
            "report.js");

    private ReportPage() {}

    /** Writes the page; whoever reads it sees the old one or the whole new one. */
    static Path write(Path directory, JsonElement data, List<EmbeddedBundles.Block> blocks) throws IOException {
        Path page = directory.resolve(NAME);
        Path draft = Files.createTempFile(directory, ".index-", ".part");
        try {
            // The file has a name of its own here: when a full disk does not take the rest of the text, the writers of
            // Java 17 leave it open.
            try (OutputStream out = Files.newOutputStream(draft);
                    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                render(data, blocks, writer);
            }
            readable(draft);
            try {
                return Files.move(draft, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                return Files.move(draft, page, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A temporary file is its owner's only, but others collect what a build leaves behind. */
    private static void readable(Path file) {
        java.io.File plain = file.toFile();
        if (!plain.setReadable(true, false)) {
            System.getLogger("ai.bctrl.junit")
                    .log(System.Logger.Level.DEBUG, "cannot make {0} readable for everybody", file);
        }
    }

    private static void render(JsonElement data, List<EmbeddedBundles.Block> blocks, Writer writer) throws IOException {
        String style = resource("report.css");
        StringBuilder script = new StringBuilder("(() => {\n\"use strict\";\n");
        for (String part : SCRIPTS) {
            script.append(resource(part));
        }
        script.append("})();\n");
        // What comes from outside is written last and never searched for marks.
        String[] html = resource("report.html").split("\\{\\{\\w+}}", -1);
        String policy = "default-src 'none'; img-src data: 'self' file:; media-src 'self' file:; style-src 'sha256-"
                + sha256(style) + "'; script-src 'sha256-" + sha256(script.toString())
                + "'; base-uri 'none'; form-action 'none'";
        writer.append(html[0]).append(policy).append(html[1]).append(style).append(html[2]);
        writer.append("<script type=\"application/json\" id=\"data\">")
                .append(embedded(data))
                .append("</script>\n");
        for (EmbeddedBundles.Block block : blocks) {
            writer.append("<script type=\"text/plain\" id=\"" + block.id() + "\">")
                    .append(block.content())
                    .append("</script>\n");
        }
        writer.append(html[3]).append(script).append(html[4]);
    }

    /** {@return JSON that may stand in an element of HTML: none of its characters means anything there} */
    static String embedded(JsonElement json) {
        String text = json.toString();
        StringBuilder escaped = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // These stand in strings only, as JSON has no other use for them.
            if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = ReportPage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("the resource " + name + " of the report is missing");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
