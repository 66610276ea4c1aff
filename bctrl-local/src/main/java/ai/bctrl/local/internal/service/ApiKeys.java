package ai.bctrl.local.internal.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that this control plane takes. Thread-safe. */
public final class ApiKeys {

    /**
     * What a key may do. Immutable.
     *
     * @param keyId stable name of the key; tells nothing about it
     * @param readOnly whether it may only read
     */
    public record Grant(String keyId, boolean readOnly) {}

    private record Known(String digest, Grant grant) {}

    private final List<Known> known = new ArrayList<>();

    /**
     * Takes one or two keys.
     *
     * @param key may do everything
     * @param readOnlyKey may only read; null where there is none
     */
    public ApiKeys(InstanceSecret secret, String key, @Nullable String readOnlyKey) {
        known.add(known(secret, key, false));
        if (readOnlyKey != null) {
            known.add(known(secret, readOnlyKey, true));
        }
    }

    private static Known known(InstanceSecret secret, String key, boolean readOnly) {
        String keyId = "key_" + HexFormat.of().formatHex(secret.sign("key " + key), 0, 8);
        return new Known(digest(key), new Grant(keyId, readOnly));
    }

    /** {@return what the presented key may do, or null if it is none of ours} */
    public @Nullable Grant check(String presented) {
        byte[] digest = digest(presented).getBytes(StandardCharsets.US_ASCII);
        Grant found = null;
        // All are compared, so that the time taken tells nothing.
        for (Known candidate : known) {
            if (MessageDigest.isEqual(candidate.digest().getBytes(StandardCharsets.US_ASCII), digest)) {
                found = candidate.grant();
            }
        }
        return found;
    }

    private static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no SHA-256", impossible);
        }
    }
}
