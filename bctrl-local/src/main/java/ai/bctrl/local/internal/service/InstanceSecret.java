package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.SettingStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A random secret that lives as long as the data of a control plane. Immutable. */
public final class InstanceSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SETTING = "secret";

    private final SecretKeySpec key;

    private InstanceSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Reads the secret of a database, or makes one up for it. */
    public static InstanceSecret of(Database database) {
        SettingStore settings = new SettingStore(database);
        String kept = database.change(() -> {
            String found = settings.find(SETTING);
            if (found != null) {
                return found;
            }
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String made = Base64.getEncoder().encodeToString(random);
            settings.insert(SETTING, made);
            return made;
        });
        return new InstanceSecret(Base64.getDecoder().decode(kept));
    }

    /** A fingerprint of a text that nobody can make without the secret: 32 bytes. */
    byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, impossible);
        }
    }
}
