package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A file of a runtime that was copied into the storage.
 *
 * <p>Schema {@code CollectedFile}. Immutable.
 *
 * @param file the copy
 * @param artifact the artifact, where one was asked for
 * @param extra what was on the wire and has no component here
 */
public record CollectedFile(StorageFile file, @Nullable RunArtifact artifact, JsonObject extra) {
    /** Everything on the wire has a component. */
    public CollectedFile(StorageFile file, @Nullable RunArtifact artifact) {
        this(file, artifact, new JsonObject());
    }
}
