package ai.bctrl.junit.internal.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the manifest of a bundle. */
final class Manifest {
    static final String FAILED = "failure.json";
    static final String PASSED = "passed.json";
    private static final Pattern ATTEMPT = Pattern.compile("attempt-(\\d{1,6})");

    private Manifest() {}

    /** {@return the manifest's file, or null if the directory has none} */
    static @Nullable Path fileIn(Path bundle) {
        return List.of(FAILED, PASSED).stream()
                .map(bundle::resolve)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElse(null);
    }

    static JsonObject read(Path file) throws IOException {
        if (JsonFields.read(file) instanceof JsonObject manifest) {
            return manifest;
        }
        throw new IOException("it is not an object");
    }

    /** {@return what is said of the failure; bundles of early versions had but a text} */
    static JsonObject failure(JsonObject manifest) {
        String text = JsonFields.text(manifest, "failure");
        if (text == null) {
            return JsonFields.object(manifest, "failure");
        }
        JsonObject failure = new JsonObject();
        failure.addProperty("message", text);
        return failure;
    }

    static @Nullable String headline(JsonObject failure) {
        String type = JsonFields.text(failure, "type");
        String message = JsonFields.text(failure, "message");
        String first = message == null ? null : message.lines().findFirst().orElse("");
        if (type == null || first == null) {
            return type == null ? first : type;
        }
        return first.startsWith(type) ? first : type + ": " + first;
    }

    /** {@return the number in the directory's name, or 1} */
    static int attemptOf(Path bundle) {
        Matcher matcher = ATTEMPT.matcher(String.valueOf(bundle.getFileName()));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1;
    }
}
