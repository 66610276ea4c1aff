package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * All spaces that the key can see. Not paged.
 *
 * <p>Schema {@code SpaceList}. Immutable.
 *
 * @param spaces the spaces
 * @param extra what was on the wire and has no component here
 */
public record SpaceList(List<Space> spaces, JsonObject extra) {
    /** Copies the lists. */
    public SpaceList {
        spaces = List.copyOf(spaces);
    }

    /** Everything on the wire has a component. */
    public SpaceList(List<Space> spaces) {
        this(spaces, new JsonObject());
    }
}
