package ai.bctrl.playwright;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Passes WebSocket frames on as they are, and hands over the few messages that matter. Not thread-safe. */
final class FramePump {
    /** The name of a message stands within its first bytes. */
    private static final int PEEK = 96;

    private static final int LARGEST_HELD = 1 << 20;

    private final InputStream from;
    private final OutputStream to;
    private final Predicate<String> matters;
    private final byte[] buffer = new byte[1 << 16];

    FramePump(InputStream from, OutputStream to, Predicate<String> matters) {
        this.from = from;
        this.to = to;
        this.matters = matters;
    }

    /**
     * Runs to the end of the stream.
     *
     * @param special takes the messages that matter, which are not passed on
     */
    void run(BiConsumer<WebSocketFrame, CdpMessage> special) throws IOException {
        for (WebSocketFrame frame = WebSocketFrame.read(from); frame != null; frame = WebSocketFrame.read(from)) {
            byte[] begin = from.readNBytes((int) Math.min(frame.length(), PEEK));
            if (frame.isText()
                    && frame.length() <= LARGEST_HELD
                    && matters.test(new String(frame.masked(begin), StandardCharsets.ISO_8859_1))) {
                special.accept(frame, new CdpMessage(rest(frame, begin)));
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
