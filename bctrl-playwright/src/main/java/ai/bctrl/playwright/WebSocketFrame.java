package ai.bctrl.playwright;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The head of a WebSocket frame (RFC 6455 section 5.2). Immutable. */
final class WebSocketFrame {
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int TEXT = 0x81;

    private final byte[] head;
    private final long length;
    private final byte @Nullable [] mask;

    private WebSocketFrame(byte[] head, long length, byte @Nullable [] mask) {
        this.head = head;
        this.length = length;
        this.mask = mask;
    }

    /** A frame as a server sends it. */
    static WebSocketFrame unmasked() {
        return new WebSocketFrame(new byte[] {(byte) TEXT, 0}, 0, null);
    }

    /** A whole control frame: as a client sends it if it has a mask, else as a server sends it. */
    static byte[] control(int opcode, byte[] payload, byte @Nullable [] mask) {
        ByteBuffer frame = ByteBuffer.allocate(2 + 4 + payload.length);
        frame.put((byte) (0x80 | opcode)).put((byte) ((mask == null ? 0 : 0x80) | payload.length));
        if (mask != null) {
            frame.put(mask);
        }
        frame.put(new WebSocketFrame(new byte[0], 0, mask).masked(payload));
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** How many bytes of payload follow. */
    long length() {
        return length;
    }

    /** Writes the head as it came. */
    void writeHead(OutputStream out) throws IOException {
        out.write(head);
    }

    /** Reads the next head; null at the end of the stream. */
    static @Nullable WebSocketFrame read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int second = in.read();
        int extended = (second & 0x7f) < 126 ? 0 : (second & 0x7f) == 126 ? 2 : 8;
        boolean masked = (second & 0x80) != 0;
        byte[] rest = in.readNBytes(extended + (masked ? 4 : 0));
        if (second < 0 || rest.length < extended + (masked ? 4 : 0)) {
            throw new EOFException("a frame is cut off");
        }
        long length = second & 0x7f;
        if (extended > 0) {
            length = 0;
            for (int i = 0; i < extended; i++) {
                length = (length << 8) | (rest[i] & 0xff);
            }
        }
        byte[] bytes = new byte[2 + rest.length];
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        System.arraycopy(rest, 0, bytes, 2, rest.length);
        byte[] mask = masked ? Arrays.copyOfRange(rest, extended, extended + 4) : null;
        return new WebSocketFrame(bytes, length, mask);
    }

    /** Whether it is a whole text message. */
    boolean isText() {
        return (head[0] & 0xff) == TEXT;
    }

    /** Whether it is a ping, a pong or a close, which stand between messages or their parts. */
    boolean isControl() {
        return (head[0] & 0x08) != 0;
    }

    /** What kind of frame it is. */
    int opcode() {
        return head[0] & 0x0f;
    }

    /** Takes the mask off a payload, or puts it on, from its first byte on. */
    byte[] masked(byte[] payload) {
        if (mask == null) {
            return payload;
        }
        byte[] turned = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            turned[i] = (byte) (payload[i] ^ mask[i & 3]);
        }
        return turned;
    }

    /** Writes another text message, masked as this frame is. */
    void writeInstead(byte[] text, OutputStream out) throws IOException {
        int flag = mask == null ? 0 : 0x80;
        ByteBuffer other = ByteBuffer.allocate(14);
        other.put((byte) TEXT);
        if (text.length < 126) {
            other.put((byte) (flag | text.length));
        } else if (text.length < 1 << 16) {
            other.put((byte) (flag | 126)).putShort((short) text.length);
        } else {
            other.put((byte) (flag | 127)).putLong(text.length);
        }
        if (mask != null) {
            other.put(mask);
        }
        out.write(other.array(), 0, other.position());
        out.write(masked(text));
        out.flush();
    }
}
