package ai.bctrl.local.internal.shared;

import java.nio.charset.StandardCharsets;

/** Reads the first bytes of what the browser sends, which always begins with an id or a method. */
final class MessageHead {

    private static final byte[] ID = "{\"id\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TARGET = "{\"method\":\"Target.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BROWSER = "{\"method\":\"Browser.".getBytes(StandardCharsets.US_ASCII);

    /** No command has this id. */
    static final long NONE = Long.MIN_VALUE;

    private MessageHead() {}

    /** The id of an answer; {@link #NONE} for an event. */
    static long id(byte[] head, int length) {
        if (!startsWith(head, length, ID)) {
            return NONE;
        }
        int at = ID.length;
        boolean negative = at < length && head[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        while (at < length && head[at] >= '0' && head[at] <= '9') {
            value = value * 10 + head[at++] - '0';
        }
        return negative ? -value : value;
    }

    /** Whether something has happened that may be another runtime's. */
    static boolean isWideEvent(byte[] head, int length) {
        return startsWith(head, length, TARGET) || startsWith(head, length, BROWSER);
    }

    private static boolean startsWith(byte[] head, int length, byte[] start) {
        if (length < start.length) {
            return false;
        }
        for (int i = start.length - 1; i >= 0; i--) {
            if (head[i] != start[i]) {
                return false;
            }
        }
        return true;
    }
}
