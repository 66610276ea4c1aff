package ai.bctrl.local.internal.loop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes WebSocket frames of whole messages. */
public final class Frames {

    private static final int MAX_HEADER = 14;
    private static final int TEXT = 1;
    private static final int PONG = 10;

    private Frames() {}

    /** A text message from a server. */
    public static byte[] fromServer(String text) {
        return frame(text, 0);
    }

    /** A text message from a client; a mask of zeros leaves its bytes as they are. */
    public static byte[] fromClient(String text) {
        return frame(text, 0x80);
    }

    /** A client's answer to a ping. */
    public static byte[] pong(byte[] payload) {
        return frame(PONG, payload, 0x80);
    }

    private static byte[] frame(String text, int masked) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8), masked);
    }

    private static byte[] frame(int opcode, byte[] payload, int masked) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER + payload.length).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (masked | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (masked | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (masked | 127)).putLong(payload.length);
        }
        if (masked != 0) {
            frame.putInt(0);
        }
        frame.put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
