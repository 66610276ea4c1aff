package ai.bctrl.junit.internal.publish;

import ai.bctrl.junit.internal.run.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Publishes files through JUnit, whose listeners (Allure, Gradle, Open Test Reporting) show them with the test. From 5.14
 * on JUnit's media type is in another package than before. Stateless.
 */
public final class JUnitFiles {
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");
    private static final boolean MEDIA_TYPE_MOVED = Presence.of("org.junit.jupiter.api.MediaType");
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private JUnitFiles() {}

    /** The trace, for which Allure has a viewer under a media type of its own. */
    private static final String TRACE = "trace.zip";

    private static final String ALLURES_TRACE_TYPE = "application/vnd.allure.playwright-trace";

    /**
     * Publishes a file; JUnit gets a hard link to it where the file system has them, else a copy. Never fails: a launcher
     * may have no directory for such files at all. Where Allure is on the class path, the file is attached to its result of
     * the test too, and {@code trace.zip} has the media type for which Allure opens the trace viewer.
     *
     * @param name what the file is called there; without a directory
     * @param mediaType its media type; {@code application/octet-stream} is told in place of a malformed one
     */
    public static void publish(ExtensionContext context, String name, String mediaType, Path file) {
        String shownType = name.equals(TRACE) && AllureAttachments.isThere() ? ALLURES_TRACE_TYPE : mediaType;
        try {
            if (MEDIA_TYPE_MOVED) {
                Since514.publish(context, name, shownType, file);
            } else {
                Before514.publish(context, name, shownType, file);
            }
        } catch (RuntimeException refused) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: {0} was not published: {1}", file, refused);
        }
        try {
            AllureAttachments.attach(name, shownType, file);
        } catch (IOException | ReflectiveOperationException | RuntimeException refused) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: {0} was not attached in Allure: {1}", file, refused);
        }
    }

    private static void place(Path file, Path target) throws IOException {
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.copy(file, target);
        }
    }

    /** Linked only where JUnit has this media type. */
    private static final class Since514 {
        static void publish(ExtensionContext context, String name, String mediaType, Path file) {
            context.publishFile(name, parse(mediaType), target -> place(file, target));
        }

        private static org.junit.jupiter.api.MediaType parse(String mediaType) {
            try {
                return org.junit.jupiter.api.MediaType.parse(mediaType);
            } catch (RuntimeException malformed) {
                return org.junit.jupiter.api.MediaType.parse(UNKNOWN_TYPE);
            }
        }
    }

    /** Linked only where JUnit has no other media type. */
    @SuppressWarnings("deprecation")
    private static final class Before514 {
        static void publish(ExtensionContext context, String name, String mediaType, Path file) {
            context.publishFile(name, parse(mediaType), target -> place(file, target));
        }

        private static org.junit.jupiter.api.extension.MediaType parse(String mediaType) {
            try {
                return org.junit.jupiter.api.extension.MediaType.parse(mediaType);
            } catch (RuntimeException malformed) {
                return org.junit.jupiter.api.extension.MediaType.parse(UNKNOWN_TYPE);
            }
        }
    }
}
