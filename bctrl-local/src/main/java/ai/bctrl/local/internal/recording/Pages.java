package ai.bctrl.local.internal.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the replay page, read once. Immutable. */
final class Pages {

    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

    private final Map<String, Answer> assets =
            Map.of("replay.css", load("replay.css", "text/css"), "replay.js", load("replay.js", "text/javascript"));
    private final Answer replay = load("replay.html", "text/html");
    private final Answer message = load("message.html", "text/html");

    private static Answer load(String name, String type) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return Answer.file(type + "; charset=utf-8", in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String contentSecurityPolicy() {
        return CSP;
    }

    /** {@return a style sheet or script, or null if there is none of this name} */
    @Nullable
    Answer asset(String name) {
        return assets.get(name);
    }

    Answer replay() {
        return replay;
    }

    /** {@return a page that says one thing} */
    Answer message(String title, String text) {
        String html = new String(message.bytes(), StandardCharsets.UTF_8)
                .replace("{{title}}", escape(title))
                .replace("{{text}}", escape(text));
        return Answer.file(message.contentType(), html.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
