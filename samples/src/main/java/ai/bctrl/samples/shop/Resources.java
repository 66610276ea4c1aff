package ai.bctrl.samples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files beside the classes: page templates and static assets, read once. Thread-safe. */
final class Resources {
    /** A text file with its media type. */
    record Asset(String type, String content) {}

    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private final Map<String, Optional<String>> files = new ConcurrentHashMap<>();

    Asset asset(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        // The name is one part of the path; with these two checks it cannot leave the folder.
        if (type == null || !name.matches("[a-z]+\\.[a-z]+")) {
            throw missing(name);
        }
        return new Asset(type, file("assets/" + name).orElseThrow(() -> missing(name)));
    }

    String template(String name) {
        return file("pages/" + name + ".html").orElseThrow(() -> new IllegalStateException("no page " + name));
    }

    private static ShopException missing(String name) {
        return new ShopException(404, "There is no file \"" + name + "\".");
    }

    private Optional<String> file(String path) {
        return files.computeIfAbsent(path, Resources::read);
    }

    private static Optional<String> read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path, e);
        }
    }
}
