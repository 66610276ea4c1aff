package ai.bctrl.local.internal.shared;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Follows a stream of WebSocket frames and decides for each message, as early as it can, whether its bytes pass as they are
 * or are held back and given as text. Control frames pass. What passes is written in runs that are as long as can be. Not
 * thread-safe; use from one thread.
 */
abstract class MessageFilter {

    /** What shall become of a message. */
    enum Verdict {
        /** Not yet known. */
        OPEN,
        /** Its bytes pass. */
        PASS,
        /** It is held back. */
        HOLD
    }

    private static final int MAX_HELD = 16 * 1024 * 1024;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CONTROL = 8;

    private final boolean masked;
    private final byte[] header = new byte[14];
    private int headerLength;
    private boolean inFrame;
    private long left;
    private boolean lastFrame;
    private boolean control;
    private final byte[] mask = new byte[4];
    private int maskAt;

    /** Whether bytes belong to a message, or to a control frame between two. */
    private boolean inUnit;

    private boolean inMessage;

    /** Where the unit begins in the bytes that are being taken, or where they begin if it began before. */
    private int unitStart;

    private Verdict verdict = Verdict.OPEN;
    private byte[] kept = new byte[1024];
    private int keptLength;

    /**
     * Creates a filter.
     *
     * @param masked whether frames come from a client
     */
    MessageFilter(boolean masked) {
        this.masked = masked;
    }

    /** Takes a message's next bytes, unmasked; called until there is a verdict, or to the end where {@link #looksOn}. */
    abstract Verdict look(byte[] bytes, int from, int to);

    /** The message is whole and there was no verdict; HOLD or PASS. */
    abstract Verdict whole();

    /** Whether to look at what passes. */
    boolean looksOn() {
        return false;
    }

    /**
     * A message has passed but for its last bytes.
     *
     * @throws IOException to end the connection instead
     */
    void passed() throws IOException {}

    /** Takes a message that was held back. */
    abstract void held(String text) throws IOException;

    /** Writes what passes. */
    abstract void emit(byte[] bytes, int from, int to);

    /** Whether something waits to be written between two messages. */
    boolean hasBetween() {
        return false;
    }

    /** A message has been written as a whole and another may be put behind it. */
    void between() {}

    /** Whether a part of a message has been written and its end has not. */
    final boolean isMidMessage() {
        return inUnit && verdict == Verdict.PASS;
    }

    /**
     * Takes the stream's next bytes.
     *
     * @throws IOException if it is no stream of frames, or a message must not pass; nothing of the message's end is written
     */
    final void take(byte[] bytes, int from, int to) throws IOException {
        int run = from;
        int at = from;
        unitStart = from;
        while (at < to || (inFrame && left == 0)) {
            if (!inUnit) {
                inUnit = true;
                verdict = Verdict.OPEN;
                keptLength = 0;
                unitStart = at;
            }
            if (!inFrame) {
                at = readHeader(bytes, at, to);
                continue;
            }
            int n = (int) Math.min(left, to - at);
            at = payload(bytes, at, n);
            if (left > 0) {
                continue;
            }
            inFrame = false;
            if (!inMessage || (!control && lastFrame)) {
                run = endOfUnit(bytes, run, at);
            }
        }
        if (inUnit && verdict != Verdict.PASS) {
            emit(bytes, run, unitStart);
            keep(bytes, unitStart, to);
        } else {
            emit(bytes, run, to);
        }
    }

    private int payload(byte[] bytes, int at, int n) {
        if (!control && (verdict == Verdict.OPEN || (verdict == Verdict.PASS && looksOn()))) {
            if (masked) {
                unmask(bytes, at, at + n);
            }
            Verdict now = look(bytes, at, at + n);
            if (masked) {
                maskAt -= n;
                unmask(bytes, at, at + n);
            }
            if (verdict == Verdict.OPEN && now != Verdict.OPEN) {
                decide(now);
            }
        } else {
            maskAt += n;
        }
        left -= n;
        return at + n;
    }

    private void decide(Verdict now) {
        verdict = now;
        if (now == Verdict.PASS && keptLength > 0) {
            emit(kept, 0, keptLength);
            keptLength = 0;
        }
    }

    /** {@return from where on bytes are still to be written} */
    private int endOfUnit(byte[] bytes, int run, int at) throws IOException {
        if (inMessage && verdict == Verdict.OPEN) {
            decide(whole());
        } else if (inMessage && verdict == Verdict.PASS) {
            passed();
        }
        inUnit = false;
        inMessage = false;
        if (verdict == Verdict.HOLD) {
            emit(bytes, run, unitStart);
            keep(bytes, unitStart, at);
            held(heldText());
            return at;
        }
        if (hasBetween()) {
            emit(bytes, run, at);
            between();
            return at;
        }
        return run;
    }

    private int readHeader(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            header[headerLength++] = bytes[at++];
            if (headerLength >= 2 && headerLength == headerSize()) {
                beginFrame();
                break;
            }
        }
        return at;
    }

    private int headerSize() {
        int length = header[1] & 0x7f;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((header[1] & 0x80) == 0 ? 0 : 4);
    }

    private void beginFrame() throws IOException {
        int opcode = header[0] & 0x0f;
        if ((header[0] & 0x70) != 0 || ((header[1] & 0x80) != 0) != masked) {
            throw new IOException("no WebSocket frame that was agreed on");
        }
        left = length();
        if (masked) {
            System.arraycopy(header, headerLength - 4, mask, 0, 4);
        }
        maskAt = 0;
        headerLength = 0;
        inFrame = true;
        control = opcode >= CONTROL;
        lastFrame = (header[0] & 0x80) != 0;
        if (control) {
            if (left > 125 || !lastFrame) {
                throw new IOException("a control frame is longer than 125 bytes");
            }
            if (!inMessage) {
                decide(Verdict.PASS);
            }
        } else if (opcode != (inMessage ? CONTINUATION : TEXT)) {
            throw new IOException("a frame of opcode " + opcode + " where none is expected");
        } else {
            inMessage = true;
        }
    }

    private long length() throws IOException {
        int size = header[1] & 0x7f;
        if (size < 126) {
            return size;
        }
        long value = 0;
        for (int i = 2; i < (size == 126 ? 4 : 10); i++) {
            value = value << 8 | (header[i] & 0xff);
        }
        if (value < 0) {
            throw new IOException("a frame of negative length");
        }
        return value;
    }

    private void unmask(byte[] bytes, int from, int to) {
        int phase = maskAt & 3;
        if (mask[0] != 0 || mask[1] != 0 || mask[2] != 0 || mask[3] != 0) {
            byte m0 = mask[phase];
            byte m1 = mask[(phase + 1) & 3];
            byte m2 = mask[(phase + 2) & 3];
            byte m3 = mask[(phase + 3) & 3];
            int i = from;
            for (; i + 3 < to; i += 4) {
                bytes[i] ^= m0;
                bytes[i + 1] ^= m1;
                bytes[i + 2] ^= m2;
                bytes[i + 3] ^= m3;
            }
            for (int j = i; j < to; j++) {
                bytes[j] ^= mask[(phase + j - from) & 3];
            }
        }
        maskAt += to - from;
    }

    private void keep(byte[] bytes, int from, int to) throws IOException {
        int length = keptLength + to - from;
        if (length > MAX_HELD) {
            throw new IOException("a message that must be looked at is longer than " + MAX_HELD + " bytes");
        }
        if (length > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length, 2 * kept.length));
        }
        System.arraycopy(bytes, from, kept, keptLength, to - from);
        keptLength = length;
    }

    /** Takes the payload out of the frames that were kept; control frames among them pass. */
    private String heldText() {
        byte[] payload = new byte[keptLength];
        int length = 0;
        int at = 0;
        while (at < keptLength) {
            int start = at;
            int size = kept[at + 1] & 0x7f;
            int extended = size == 126 ? 2 : size == 127 ? 8 : 0;
            long frame = extended == 0 ? size : 0;
            for (int i = 0; i < extended; i++) {
                frame = frame << 8 | (kept[at + 2 + i] & 0xff);
            }
            int maskFrom = at + 2 + extended;
            at = maskFrom + (masked ? 4 : 0);
            int end = at + (int) frame;
            if ((kept[start] & 0x0f) >= CONTROL) {
                emit(kept, start, end);
            } else {
                for (int i = at; i < end; i++) {
                    payload[length++] = masked ? (byte) (kept[i] ^ kept[maskFrom + ((i - at) & 3)]) : kept[i];
                }
            }
            at = end;
        }
        keptLength = 0;
        if (kept.length > 64 * 1024) {
            kept = new byte[1024];
        }
        return new String(payload, 0, length, StandardCharsets.UTF_8);
    }
}
