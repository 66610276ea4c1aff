package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Answer to the deletion of a space. The contract describes no body, so every value may be absent.
 *
 * @param id UUID of the space
 * @param deleted whether it is gone
 * @param extra what was on the wire and has no component here
 */
public record DeletedSpace(@Nullable String id, @Nullable Boolean deleted, JsonObject extra) {
    /** Everything on the wire has a component. */
    public DeletedSpace(@Nullable String id, @Nullable Boolean deleted) {
        this(id, deleted, new JsonObject());
    }
}
