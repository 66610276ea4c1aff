package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of artifacts, newest first.
 *
 * <p>Schema {@code RunArtifactList}. Immutable.
 *
 * @param artifacts the artifacts
 * @param nextCursor where the next page begins; absent on the last
 * @param extra what was on the wire and has no component here
 */
public record RunArtifactList(
        List<RunArtifact> artifacts, @Nullable String nextCursor, JsonObject extra) {
    /** Copies the lists. */
    public RunArtifactList {
        artifacts = List.copyOf(artifacts);
    }

    /** Everything on the wire has a component. */
    public RunArtifactList(List<RunArtifact> artifacts, @Nullable String nextCursor) {
        this(artifacts, nextCursor, new JsonObject());
    }
}
