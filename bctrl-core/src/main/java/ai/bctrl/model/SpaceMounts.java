package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the runtimes and invocations of a space may reach.
 *
 * <p>Schema {@code SpaceMounts}. Immutable.
 *
 * @param storage storage
 * @param vault secrets
 * @param ai AI connections
 * @param extra what was on the wire and has no component here
 */
public record SpaceMounts(
        @Nullable StorageMount storage,
        @Nullable VaultMount vault,
        @Nullable AiMount ai,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public SpaceMounts(@Nullable StorageMount storage, @Nullable VaultMount vault, @Nullable AiMount ai) {
        this(storage, vault, ai, new JsonObject());
    }

    /** {@return mounts that reach nothing} */
    public static SpaceMounts none() {
        return new SpaceMounts(null, null, null);
    }

    /**
     * Storage namespace of a space.
     *
     * <p>Schema {@code SpaceMounts.storage}. Immutable.
     *
     * @param space name of the namespace; several spaces may share one
     * @param extra what was on the wire and has no component here
     */
    public record StorageMount(String space, JsonObject extra) {
        /** Everything on the wire has a component. */
        public StorageMount(String space) {
            this(space, new JsonObject());
        }
    }

    /**
     * Secrets that a space may read.
     *
     * <p>Schema {@code SpaceMounts.vault}. Immutable.
     *
     * @param allow key prefixes that may be read
     * @param deny key prefixes that may not
     * @param allowRawReads whether plain values may be read
     * @param extra what was on the wire and has no component here
     */
    public record VaultMount(
            @Nullable List<String> allow,
            @Nullable List<String> deny,
            @Nullable Boolean allowRawReads,
            JsonObject extra) {
        /** Copies the lists. */
        public VaultMount {
            allow = allow == null ? null : List.copyOf(allow);
            deny = deny == null ? null : List.copyOf(deny);
        }

        /** Everything on the wire has a component. */
        public VaultMount(@Nullable List<String> allow, @Nullable List<String> deny, @Nullable Boolean allowRawReads) {
            this(allow, deny, allowRawReads, new JsonObject());
        }
    }

    /**
     * AI connections that a space may use.
     *
     * <p>Schema {@code SpaceMounts.ai}. Immutable.
     *
     * @param allowConnections ids of the connections
     * @param defaults defaults of the hosted surfaces
     * @param extra what was on the wire and has no component here
     */
    public record AiMount(
            @Nullable List<String> allowConnections,
            @Nullable AiDefaults defaults,
            JsonObject extra) {
        /** Copies the lists. */
        public AiMount {
            allowConnections = allowConnections == null ? null : List.copyOf(allowConnections);
        }

        /** Everything on the wire has a component. */
        public AiMount(@Nullable List<String> allowConnections, @Nullable AiDefaults defaults) {
            this(allowConnections, defaults, new JsonObject());
        }
    }

    /**
     * Defaults of the hosted surfaces.
     *
     * <p>Schema {@code SpaceMounts.ai.defaults}. Immutable.
     *
     * @param stagehand default of Stagehand
     * @param browserUse default of browser-use
     * @param extra what was on the wire and has no component here
     */
    public record AiDefaults(
            @Nullable AiSurfaceDefault stagehand, @Nullable AiSurfaceDefault browserUse, JsonObject extra) {
        /** Everything on the wire has a component. */
        public AiDefaults(@Nullable AiSurfaceDefault stagehand, @Nullable AiSurfaceDefault browserUse) {
            this(stagehand, browserUse, new JsonObject());
        }
    }

    /**
     * Default of one hosted surface.
     *
     * <p>Schema {@code AiSurfaceDefault}. Immutable.
     *
     * @param connection id of an AI connection
     * @param model name of a model
     * @param extra what was on the wire and has no component here
     */
    public record AiSurfaceDefault(
            String connection, @Nullable String model, JsonObject extra) {
        /** Everything on the wire has a component. */
        public AiSurfaceDefault(String connection, @Nullable String model) {
            this(connection, model, new JsonObject());
        }
    }
}
