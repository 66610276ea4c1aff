package ai.bctrl.playwright;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes WebSocket frames on as they are, and hands over the few messages that matter. Not thread-safe. */
final class FramePump {
    /** The name of a message stands within its first bytes. */
    private static final int PEEK = 96;

    private static final int LARGEST_HELD = 1 << 20;

    private final InputStream from;
    private final OutputStream to;
    private final Inspection inspection;
    private final byte[] buffer = new byte[1 << 16];

    FramePump(InputStream from, OutputStream to, Inspection inspection) {
        this.from = from;
        this.to = to;
        this.inspection = inspection;
    }

    /** What is looked at. */
    interface Inspection {
        /** Whether a message that begins so matters. */
        boolean matters(String begin);

        /** Takes a message that matters, which is not passed on. */
        void take(WebSocketFrame frame, CdpMessage message);

        /** Looks at a control frame; returns whether it is passed on. */
        boolean control(int opcode, byte[] payload);
    }

    /** Runs to the end of the stream. */
    void run() throws IOException {
        for (WebSocketFrame frame = WebSocketFrame.read(from); frame != null; frame = WebSocketFrame.read(from)) {
            if (frame.isControl()) {
                byte[] payload = from.readNBytes((int) Math.min(frame.length(), LARGEST_HELD));
                if (inspection.control(frame.opcode(), frame.masked(payload))) {
                    pass(frame, payload);
                }
                continue;
            }
            byte[] begin = from.readNBytes((int) Math.min(frame.length(), PEEK));
            if (frame.isText()
                    && frame.length() <= LARGEST_HELD
                    && inspection.matters(new String(frame.masked(begin), StandardCharsets.ISO_8859_1))) {
                inspection.take(frame, new CdpMessage(rest(frame, begin)));
            } else {
                pass(frame, begin);
            }
        }
    }

    private String rest(WebSocketFrame frame, byte[] begin) throws IOException {
        byte[] payload = new byte[(int) frame.length()];
        System.arraycopy(begin, 0, payload, 0, begin.length);
        int read = from.readNBytes(payload, begin.length, payload.length - begin.length);
        if (begin.length + read < payload.length) {
            throw new IOException("a message is cut off");
        }
        return new String(frame.masked(payload), StandardCharsets.UTF_8);
    }

    private void pass(WebSocketFrame frame, byte[] begin) throws IOException {
        synchronized (to) {
            frame.writeHead(to);
            to.write(begin);
            long left = frame.length() - begin.length;
            while (left > 0) {
                int read = from.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException("a message is cut off");
                }
                to.write(buffer, 0, read);
                left -= read;
            }
            to.flush();
        }
    }
}
