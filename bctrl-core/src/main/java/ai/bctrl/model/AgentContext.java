package ai.bctrl.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guide to a space for coding agents.
 *
 * <p>Schema {@code AgentContext}. Immutable.
 *
 * @param space the space
 * @param runtime the runtime, when one was named or is clear
 * @param operations what can be done now
 * @param rules rules to keep
 * @param examples examples
 * @param limits limits in force
 * @param links further reading
 * @param extra what was on the wire and has no component here
 */
public record AgentContext(
        JsonObject space,
        @Nullable JsonObject runtime,
        List<AgentOperation> operations,
        @Nullable JsonElement rules,
        @Nullable JsonElement examples,
        @Nullable JsonElement limits,
        @Nullable JsonElement links,
        JsonObject extra) {
    /** Copies the lists. */
    public AgentContext {
        operations = List.copyOf(operations);
    }

    /** Everything on the wire has a component. */
    public AgentContext(
            JsonObject space,
            @Nullable JsonObject runtime,
            List<AgentOperation> operations,
            @Nullable JsonElement rules,
            @Nullable JsonElement examples,
            @Nullable JsonElement limits,
            @Nullable JsonElement links) {
        this(space, runtime, operations, rules, examples, limits, links, new JsonObject());
    }

    /**
     * Something that can be done now.
     *
     * <p>Schema {@code AgentContext.operations}. Immutable.
     *
     * @param id name of the operation
     * @param path route, with the verb where it is known
     * @param extra what was on the wire and has no component here
     */
    public record AgentOperation(String id, @Nullable String path, JsonObject extra) {
        /** Everything on the wire has a component. */
        public AgentOperation(String id, @Nullable String path) {
            this(id, path, new JsonObject());
        }
    }
}
