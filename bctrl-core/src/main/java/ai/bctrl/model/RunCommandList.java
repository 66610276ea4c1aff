package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of commands.
 *
 * <p>Schema {@code RunCommandList}. Immutable.
 *
 * @param commands the commands
 * @param nextCursor where the next page begins; absent on the last
 * @param extra what was on the wire and has no component here
 */
public record RunCommandList(
        List<RunCommand> commands, @Nullable String nextCursor, JsonObject extra) {
    /** Copies the lists. */
    public RunCommandList {
        commands = List.copyOf(commands);
    }

    /** Everything on the wire has a component. */
    public RunCommandList(List<RunCommand> commands, @Nullable String nextCursor) {
        this(commands, nextCursor, new JsonObject());
    }
}
