package ai.bctrl.local.internal.observe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts the text messages of a stream of WebSocket frames together, those that somebody wants: of the others no more than
 * the start is kept. Not thread-safe.
 */
final class FrameReader {

    /** How much of a message is looked at to know whether it is wanted, in bytes. */
    static final int START = 512;

    /** The longest message that is kept, in bytes. */
    static final int MAX_MESSAGE = 4 << 20;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int MAX_HEADER = 14;

    /** What is done with messages. */
    interface Messages {
        /** Whether the message is to be read; its start has no more than {@link #START} bytes. */
        boolean wanted(String start);

        /** A wanted message is complete. */
        void message(String text);

        /**
         * A message has passed that was not wanted, or was too long.
         *
         * @param bytes its length
         */
        void skipped(String start, long bytes, boolean wanted);
    }

    private enum Choice {
        OPEN,
        KEEP,
        SKIP
    }

    private final Messages messages;
    private final byte[] header = new byte[MAX_HEADER];
    private final byte[] mask = new byte[4];
    private int headerLength;
    private boolean masked;
    private int maskIndex;
    private long payload;
    private boolean last;
    private boolean inMessage;
    private boolean control;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream(START);
    private String start = "";
    private long length;
    private Choice choice = Choice.OPEN;
    private boolean tooLong;

    FrameReader(Messages messages) {
        this.messages = messages;
    }

    /** Reads on. */
    void read(byte[] bytes) {
        int index = 0;
        while (index < bytes.length) {
            if (payload > 0) {
                int step = (int) Math.min(payload, bytes.length - index);
                take(bytes, index, step);
                payload -= step;
                index += step;
            } else {
                header[headerLength++] = bytes[index++];
                if (headerLength < 2 || headerLength < headerSize()) {
                    continue;
                }
                begin();
            }
            if (payload == 0 && headerLength == 0) {
                end();
            }
        }
    }

    /** Something is missing; the next byte is the first one of a frame. */
    void skipToFrame() {
        headerLength = 0;
        payload = 0;
        inMessage = false;
        clear();
    }

    private int headerSize() {
        int size = header[1] & 0x7f;
        int extended = size == 127 ? 8 : size == 126 ? 2 : 0;
        return 2 + extended + ((header[1] & 0x80) == 0 ? 0 : 4);
    }

    private void begin() {
        int size = header[1] & 0x7f;
        int extended = size == 127 ? 8 : size == 126 ? 2 : 0;
        payload = extended == 0 ? size : 0;
        for (int i = 0; i < extended; i++) {
            payload = payload << 8 | (header[2 + i] & 0xff);
        }
        payload = Math.max(0, payload);
        masked = (header[1] & 0x80) != 0;
        maskIndex = 0;
        if (masked) {
            System.arraycopy(header, 2 + extended, mask, 0, 4);
        }
        int opcode = header[0] & 0x0f;
        last = (header[0] & 0x80) != 0;
        control = opcode >= 8;
        if (opcode == TEXT || opcode == BINARY) {
            clear();
            inMessage = opcode == TEXT;
        } else if (opcode != CONTINUATION && !control) {
            inMessage = false;
        }
        headerLength = 0;
    }

    private void take(byte[] bytes, int from, int count) {
        if (control || !inMessage) {
            return;
        }
        length += count;
        if (choice == Choice.SKIP) {
            // The mask goes on by position.
            maskIndex += count & 3;
            return;
        }
        if (masked) {
            // A stream's write locks, which would be once for each byte.
            byte[] plain = new byte[count];
            for (int i = 0; i < count; i++) {
                plain[i] = (byte) (bytes[from + i] ^ mask[maskIndex++ & 3]);
            }
            kept.write(plain, 0, count);
        } else {
            kept.write(bytes, from, count);
        }
        if (choice == Choice.OPEN && kept.size() >= START) {
            choose();
        } else if (choice == Choice.KEEP && kept.size() > MAX_MESSAGE) {
            tooLong = true;
            choice = Choice.SKIP;
            kept = new ByteArrayOutputStream(START);
        }
    }

    private void choose() {
        byte[] all = kept.toByteArray();
        start = new String(all, 0, Math.min(START, all.length), StandardCharsets.UTF_8);
        choice = messages.wanted(start) ? Choice.KEEP : Choice.SKIP;
        if (choice == Choice.SKIP) {
            kept.reset();
        }
    }

    private void end() {
        if (control || !inMessage || !last) {
            return;
        }
        inMessage = false;
        if (choice == Choice.OPEN) {
            choose();
        }
        if (choice == Choice.KEEP) {
            messages.message(kept.toString(StandardCharsets.UTF_8));
        } else {
            messages.skipped(start, length, tooLong);
        }
        clear();
    }

    private void clear() {
        if (kept.size() > START * 128) {
            kept = new ByteArrayOutputStream(START);
        } else {
            kept.reset();
        }
        choice = Choice.OPEN;
        tooLong = false;
        start = "";
        length = 0;
    }
}
