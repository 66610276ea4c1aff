package ai.bctrl.local.internal.cdp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Puts the messages together that a server sends in WebSocket frames (RFC 6455, section 5). Not thread-safe. */
final class MessageReader {

    /** A picture of a very long page has some tens of megabytes. */
    private static final int LONGEST = 256 << 20;

    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int MAX_HEADER = 10;

    /** Hears what comes. */
    interface Listener {
        /** A whole message of text. */
        void text(String text);

        /** A question whether anybody is there, to be answered with the same bytes. */
        void ping(byte[] payload);

        /** There will be nothing more. */
        void close();
    }

    private final Listener listener;
    private final byte[] header = new byte[MAX_HEADER];
    private int headerLength;
    private long left;
    private boolean inPayload;
    private ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();

    MessageReader(Listener listener) {
        this.listener = listener;
    }

    /**
     * Reads on.
     *
     * @throws IOException if these are no frames of a server, or a message is longer than 256 MiB
     */
    void take(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (!inPayload) {
                header[headerLength++] = bytes[at++];
                if (headerLength >= 2 && headerLength == headerSize()) {
                    begin();
                }
            } else {
                int step = (int) Math.min(left, to - at);
                payload().write(bytes, at, step);
                at += step;
                left -= step;
            }
            if (inPayload && left == 0) {
                end();
            }
        }
    }

    private boolean isControl() {
        return (header[0] & 0x0f) >= CLOSE;
    }

    private ByteArrayOutputStream payload() {
        return isControl() ? control : message;
    }

    private int headerSize() {
        int size = header[1] & 0x7f;
        return size == 127 ? MAX_HEADER : size == 126 ? 4 : 2;
    }

    private void begin() throws IOException {
        if ((header[0] & 0x70) != 0 || (header[1] & 0x80) != 0) {
            throw new IOException("these are no frames of a server without extensions");
        }
        left = header[1] & 0x7f;
        if (headerLength > 2) {
            left = 0;
            for (int i = 2; i < headerLength; i++) {
                left = left << 8 | (header[i] & 0xff);
            }
        }
        if (left < 0 || left > LONGEST - message.size()) {
            throw new IOException("a message is longer than " + LONGEST + " bytes");
        }
        inPayload = true;
    }

    private void end() {
        inPayload = false;
        headerLength = 0;
        boolean last = (header[0] & 0x80) != 0;
        int opcode = header[0] & 0x0f;
        if (isControl()) {
            byte[] payload = control.toByteArray();
            control.reset();
            if (opcode == PING) {
                listener.ping(payload);
            } else if (opcode == CLOSE) {
                listener.close();
            }
        } else if (last) {
            String text = message.toString(StandardCharsets.UTF_8);
            clear();
            listener.text(text);
        }
    }

    /** What was long need not be kept for what is short. */
    private void clear() {
        if (message.size() > 1 << 20) {
            message = new ByteArrayOutputStream();
        } else {
            message.reset();
        }
    }
}
