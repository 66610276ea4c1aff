package ai.bctrl.local.internal.service;

import java.nio.charset.StandardCharsets;

/**
 * Why a WebSocket ended: the code and the text of its close frame. Immutable.
 *
 * @param code the WebSocket close code, 1000 to 4999
 * @param text plain text for people, at most 123 bytes of UTF-8; a longer one is cut at a character
 */
public record CloseReason(int code, String text) {

    private static final int MAX_BYTES = 123;

    public CloseReason {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("code must be 1000 to 4999 but is " + code);
        }
        text = truncate(text);
    }

    private static String truncate(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            bytes += new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                return text.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }
}
