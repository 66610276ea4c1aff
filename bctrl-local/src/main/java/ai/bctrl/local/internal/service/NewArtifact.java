package ai.bctrl.local.internal.service;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What shall be known of an artifact. Immutable; nobody changes the extra fields any more.
 *
 * @param kind what it is: download, screenshot, pdf, recording, trace, report, file or another word of small letters
 * @param name file name; may come from a page: it is made harmless
 * @param contentType media type; null for plain bytes
 * @param extra more fields of the artifact on the wire
 */
public record NewArtifact(
        String kind, String name, @Nullable String contentType, JsonObject extra) {

    /** Without more fields. */
    public NewArtifact(String kind, String name, @Nullable String contentType) {
        this(kind, name, contentType, new JsonObject());
    }
}
