package ai.bctrl.local.internal.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs the addresses of connections and checks what comes back. Thread-safe. */
public final class ConnectionSignatures {

    private static final String EXPIRES = "expires";
    private static final String SIGNATURE = "signature";

    private final InstanceSecret secret;

    /** Creates signatures that hold as long as the secret. */
    public ConnectionSignatures(InstanceSecret secret) {
        this.secret = secret;
    }

    /** {@return the query of the address, without question mark} */
    String query(String connectionId, long expires) {
        return EXPIRES + "=" + expires + "&" + SIGNATURE + "=" + signature(connectionId, Long.toString(expires));
    }

    /** {@return whether the query is one that was signed for the connection} */
    boolean isGenuine(String connectionId, Map<String, String> query) {
        @Nullable String expires = query.get(EXPIRES);
        @Nullable String signature = query.get(SIGNATURE);
        return expires != null
                && signature != null
                && MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.UTF_8),
                        signature(connectionId, expires).getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String connectionId, String expires) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secret.sign("connection " + connectionId + " " + expires));
    }
}
