package ai.bctrl.junit.internal.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Makes names that every file system takes. */
public final class SafeName {
    private static final int LONGEST = 80;
    private static final int HASH_LENGTH = 8;
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");

    private SafeName() {}

    /**
     * {@return the text as a name of a file or directory; different texts give different names, also where case does not
     * count}
     */
    public static String of(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9._,()\\[\\]-]+", "_").replaceAll("^\\.+|\\.+$", "_");
        String stem = safe.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
        boolean reserved = RESERVED.contains(stem) || stem.matches("(com|lpt)[0-9]");
        if (safe.equals(text) && safe.length() <= LONGEST && !safe.isEmpty() && !reserved) {
            return safe;
        }
        String start = safe.length() > LONGEST - HASH_LENGTH - 1 ? safe.substring(0, LONGEST - HASH_LENGTH - 1) : safe;
        return (reserved ? "_" : "") + start + "-" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
