package ai.bctrl.local.internal.service;

import ai.bctrl.error.BctrlConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The keys that this control plane takes. It holds their hashes only. Thread-safe. */
public final class ApiKeys {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /**
     * What a key may do. Immutable.
     *
     * @param keyId stable name of the key; tells nothing about it
     * @param readOnly whether it may only read
     */
    public record Grant(String keyId, boolean readOnly) {}

    private record Known(String digest, Grant grant) {}

    private record FromFile(KeysFile.@Nullable Stamp stamp, List<Known> known) {}

    private final InstanceSecret secret;
    private final List<Known> fixed = new ArrayList<>();
    private final @Nullable KeysFile file;
    private final AtomicLong nextLook = new AtomicLong();
    private volatile FromFile fromFile = new FromFile(null, List.of());

    /**
     * Takes keys.
     *
     * @param keys may do everything
     * @param readOnlyKey may only read; null where there is none
     * @param file has more, and is read again within a second after it was written; null where there is none
     * @throws BctrlConfigurationException if the file cannot be used
     */
    public ApiKeys(InstanceSecret secret, List<String> keys, @Nullable String readOnlyKey, @Nullable KeysFile file) {
        this.secret = secret;
        this.file = file;
        keys.forEach(key -> fixed.add(known(digest(key), false)));
        if (readOnlyKey != null) {
            fixed.add(known(digest(readOnlyKey), true));
        }
        if (file != null) {
            fromFile = load(file, file.stamp());
            nextLook.set(System.nanoTime() + LOOK.toNanos());
        }
    }

    private Known known(String digest, boolean readOnly) {
        String keyId = "key_" + HexFormat.of().formatHex(secret.sign("key " + digest), 0, 8);
        return new Known(digest, new Grant(keyId, readOnly));
    }

    private FromFile load(KeysFile from, KeysFile.@Nullable Stamp stamp) {
        return new FromFile(
                stamp,
                from.read().stream()
                        .map(entry -> known(entry.digest(), entry.readOnly()))
                        .toList());
    }

    /** {@return what the presented key may do, or null if it is none of ours} */
    public @Nullable Grant check(String presented) {
        byte[] digest = digest(presented).getBytes(StandardCharsets.US_ASCII);
        Grant found = null;
        // All are compared, so that the time taken tells nothing.
        for (Known candidate : known()) {
            if (MessageDigest.isEqual(candidate.digest().getBytes(StandardCharsets.US_ASCII), digest)) {
                found = candidate.grant();
            }
        }
        return found;
    }

    /** {@return whether the key of a grant is still one of ours, with the same rights} */
    public boolean isValid(Grant grant) {
        return known().stream().anyMatch(candidate -> candidate.grant().equals(grant));
    }

    private List<Known> known() {
        refresh();
        List<Known> all = new ArrayList<>(fixed);
        all.addAll(fromFile.known());
        return all;
    }

    private void refresh() {
        long now = System.nanoTime();
        long due = nextLook.get();
        if (file == null || now - due < 0 || !nextLook.compareAndSet(due, now + LOOK.toNanos())) {
            return;
        }
        KeysFile.Stamp stamp = file.stamp();
        if (stamp == null || stamp.equals(fromFile.stamp())) {
            return;
        }
        try {
            fromFile = load(file, stamp);
        } catch (BctrlConfigurationException unfit) {
            // Said once for each state of the file.
            fromFile = new FromFile(stamp, fromFile.known());
            System.getLogger(ApiKeys.class.getName())
                    .log(System.Logger.Level.ERROR, "the keys stay as they were: " + unfit.getMessage());
        }
    }

    static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no SHA-256", impossible);
        }
    }
}
