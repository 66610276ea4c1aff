package ai.bctrl.local.internal.relay;

import ai.bctrl.local.internal.service.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Encodes a server's close frame. */
final class CloseFrame {

    private CloseFrame() {}

    static ByteBuffer of(CloseReason reason) {
        byte[] text = reason.text().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + text.length)
                .put((byte) 0x88)
                .put((byte) (2 + text.length))
                .putShort((short) reason.code())
                .put(text)
                .flip();
    }
}
