package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Proxy of a runtime.
 *
 * <p>The field {@code mode} tells the variants apart. A variant that this version does not know decodes to
 * {@link Unknown} and is sent back as it came.
 */
@WireUnion(tag = "mode")
public sealed interface ProxyConfig permits ProxyConfig.Custom, ProxyConfig.Saved, ProxyConfig.Unknown {
    /**
     * A proxy given inline.
     *
     * <p>Schema {@code CustomProxy}. Immutable.
     *
     * @param host host name or address
     * @param port port, 1 to 65535
     * @param protocol protocol
     * @param username user name, if the proxy asks for one
     * @param password password, if the proxy asks for one
     * @param extra what was on the wire and has no component here
     */
    @WireVariant("custom")
    record Custom(
            String host,
            Integer port,
            ProxyProtocol protocol,
            @Nullable String username,
            @Nullable String password,
            JsonObject extra)
            implements ProxyConfig {
        /** Everything on the wire has a component. */
        public Custom(
                String host,
                Integer port,
                ProxyProtocol protocol,
                @Nullable String username,
                @Nullable String password) {
            this(host, port, protocol, username, password, new JsonObject());
        }

        /** Hides user name and password. */
        @Override
        public String toString() {
            return "Custom[protocol=" + protocol + ", host=" + host + ", port=" + port + ", authenticated="
                    + (username != null || password != null) + "]";
        }
    }

    /**
     * A proxy that the service manages. Hosted service only.
     *
     * <p>Schema {@code SavedProxy}. Immutable.
     *
     * @param id UUID
     * @param overrides changes for this runtime
     * @param extra what was on the wire and has no component here
     */
    @WireVariant("saved")
    record Saved(String id, @Nullable ProxyOverrides overrides, JsonObject extra) implements ProxyConfig {
        /** Everything on the wire has a component. */
        public Saved(String id, @Nullable ProxyOverrides overrides) {
            this(id, overrides, new JsonObject());
        }
    }

    /**
     * A variant that this version does not know. Immutable by custom.
     *
     * @param json the whole value
     */
    record Unknown(JsonObject json) implements ProxyConfig {
        /** Shows the tag only: what this version does not know may hold a secret. */
        @Override
        public String toString() {
            return "Unknown[mode=" + json.get("mode") + "]";
        }
    }
}
