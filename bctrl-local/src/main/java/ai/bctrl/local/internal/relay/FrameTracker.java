package ai.bctrl.local.internal.relay;

import java.nio.ByteBuffer;

/**
 * Follows a stream of WebSocket frames by their headers, to know where one ends. Looks at no payload. Not thread-safe;
 * use from one thread at a time.
 */
final class FrameTracker {

    private static final int OPCODE_CLOSE = 8;
    private static final int MAX_HEADER = 14;

    private final byte[] header = new byte[MAX_HEADER];
    private int headerLength;
    private long payload;
    private boolean inClose;
    private volatile boolean closeSeen;

    /** Whether the stream is between two frames. */
    boolean isAtBoundary() {
        return headerLength == 0 && payload == 0;
    }

    /** Whether a whole close frame has passed. */
    boolean isCloseSeen() {
        return closeSeen;
    }

    /**
     * Follows the buffer's bytes, whose position stays where it is.
     *
     * @param toBoundary whether to go no further than the end of the frame that is under way
     * @return how many bytes were followed
     */
    int advance(ByteBuffer bytes, boolean toBoundary) {
        int index = bytes.position();
        int limit = bytes.limit();
        while (index < limit) {
            if (payload > 0) {
                int step = (int) Math.min(payload, limit - index);
                payload -= step;
                index += step;
            } else {
                header[headerLength++] = bytes.get(index++);
                if (headerLength < 2 || headerLength < headerSize()) {
                    continue;
                }
                inClose = (header[0] & 0x0f) == OPCODE_CLOSE;
                payload = payloadLength();
                headerLength = 0;
            }
            if (payload == 0) {
                closeSeen |= inClose;
                if (toBoundary) {
                    break;
                }
            }
        }
        return index - bytes.position();
    }

    private int headerSize() {
        int length = header[1] & 0x7f;
        int mask = (header[1] & 0x80) == 0 ? 0 : 4;
        return 2 + mask + (length == 126 ? 2 : length == 127 ? 8 : 0);
    }

    private long payloadLength() {
        int length = header[1] & 0x7f;
        if (length < 126) {
            return length;
        }
        ByteBuffer extended = ByteBuffer.wrap(header);
        if (length == 126) {
            return extended.getShort(2) & 0xffff;
        }
        long value = extended.getLong(2);
        // Junk: there is no such frame, and so no end of it.
        return value < 0 ? Long.MAX_VALUE : value;
    }
}
