package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.internal.redaction.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something that was captured and is not written yet: only when all secrets of the attempt are known can they be taken out.
 *
 * @param kind what it is
 * @param name the name of its file
 * @param mediaType its media type
 * @param takenAt when it was captured
 * @param note what it shows, for example the address of the page, or null
 * @param content gives the content without secrets
 */
record Evidence(
        EvidenceKind kind,
        String name,
        String mediaType,
        Instant takenAt,
        @Nullable String note,
        Content content) {
    /** Content that knows how secrets are taken out of it. */
    @FunctionalInterface
    interface Content {
        /** {@return the content, or null if its secrets cannot be taken out} */
        byte @Nullable [] without(Redaction secrets) throws IOException;
    }

    /** A text, and how secrets are taken out of it. */
    static Evidence text(
            EvidenceKind kind,
            String name,
            String mediaType,
            @Nullable String note,
            String text,
            BiFunction<Redaction, String, String> redaction) {
        return new Evidence(
                kind,
                name,
                mediaType,
                Instant.now(),
                note,
                secrets -> redaction.apply(secrets, text).getBytes(StandardCharsets.UTF_8));
    }

    /** A picture, whose secrets were masked when it was taken. */
    static Evidence picture(String name, @Nullable String note, byte[] png) {
        return new Evidence(EvidenceKind.SCREENSHOT, name, "image/png", Instant.now(), note, secrets -> png);
    }

    /** A file of moderate size. */
    static Evidence file(EvidenceKind kind, String name, String mediaType, @Nullable String note, Path file) {
        return new Evidence(
                kind,
                name,
                mediaType,
                Instant.now(),
                note,
                secrets -> secrets.body(Files.readAllBytes(file), mediaType));
    }
}
