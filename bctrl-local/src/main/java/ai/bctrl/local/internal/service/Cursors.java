package ai.bctrl.local.internal.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places in lists as clients carry them about: opaque text. */
public final class Cursors {

    private static final Pattern PLACE = Pattern.compile("[a-z]+:[0-9]{1,18}");

    private Cursors() {}

    /** {@return the text for a place of a list} */
    public static String encode(String list, long place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + ":" + place).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the place, or the default where there is no cursor}
     *
     * @throws ApiProblem 400 for a cursor that is none of this list
     */
    public static long decode(String list, @Nullable String cursor, long absent) {
        if (cursor == null) {
            return absent;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (PLACE.matcher(text).matches() && text.startsWith(list + ":")) {
                return Long.parseLong(text.substring(list.length() + 1));
            }
        } catch (IllegalArgumentException notBase64) {
            // The complaint below is the same.
        }
        throw ApiProblem.invalid(
                "cursor", "cursor must be one that an earlier answer gave for this list; leave it out to begin anew.");
    }
}
