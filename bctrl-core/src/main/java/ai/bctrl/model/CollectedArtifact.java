package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a collected file is listed among the artifacts of its run.
 *
 * @param kind what it is; {@code file} if absent
 * @param name its name; that of the file if absent
 * @param extra what was on the wire and has no component here
 */
public record CollectedArtifact(
        @Nullable String kind, @Nullable String name, JsonObject extra) {
    /** Everything on the wire has a component. */
    public CollectedArtifact(@Nullable String kind, @Nullable String name) {
        this(kind, name, new JsonObject());
    }
}
