package ai.bctrl.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes upgrades to WebSockets, and frames. Thread-safe. */
public final class SocketJunk {
    private static final List<String> TYPES = List.of(
            "ping",
            "ack",
            "stage",
            "watch",
            "mouse",
            "wheel",
            "key",
            "text",
            "touch",
            "newTab",
            "closeTab",
            "release",
            "navigate",
            "reload",
            "back",
            "forward",
            "paste",
            "dialog");
    private static final List<String> FIELDS = List.of(
            "tab",
            "frame",
            "width",
            "height",
            "visible",
            "x",
            "y",
            "text",
            "key",
            "code",
            "url",
            "button",
            "action",
            "events",
            "deltaX",
            "deltaY",
            "modifiers",
            "clicks",
            "points");

    private SocketJunk() {}

    /**
     * {@return the head of an upgrade, good or not}
     *
     * @param bad whether something in it is to be wrong
     */
    public static byte[] head(Junk junk, String target, String authority, boolean bad) {
        List<String> lines = new ArrayList<>(List.of(
                "GET " + target + " HTTP/1.1",
                "Host: " + authority,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        if (junk.chance(30)) {
            lines.add(
                    "Sec-WebSocket-Extensions: " + junk.any("permessage-deflate", "permessage-deflate; x", "y;;", ","));
        }
        if (junk.chance(10)) {
            lines.add("Sec-WebSocket-Protocol: " + junk.any("cdp", "", "a, b, c"));
        }
        if (bad) {
            int at = junk.below(lines.size());
            switch (junk.below(8)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(at));
                case 2 -> lines.set(at, junk.damaged(lines.get(at)));
                case 3 -> lines.set(at, lines.get(at).replaceAll(":.*", ": ") + line(junk));
                case 4 ->
                    lines.add(junk.any(
                            "Origin: http://evil.test",
                            "Content-Length: 5",
                            "Transfer-Encoding: chunked",
                            "Sec-WebSocket-Key: x",
                            "Expect: 100-continue",
                            "X: " + "y".repeat(17_000)));
                case 5 -> lines.set(0, "GET " + target.replaceAll("[?].*", "") + "?" + line(junk) + " HTTP/1.1");
                case 6 -> lines.set(0, junk.any("POST ", "HEAD ", "CONNECT ", "get ") + target + " HTTP/1.1");
                default -> lines.set(0, "GET " + junk.damaged(target) + junk.any(" HTTP/1.1", " HTTP/1.0", " HTTP/2"));
            }
        }
        byte[] head = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8);
        return bad && junk.chance(20) ? junk.damaged(head) : head;
    }

    private static String line(Junk junk) {
        return junk.text().replaceAll("[\\p{Cntrl}\\p{Cs} ]", "_");
    }

    /** {@return up to six frames, most of them wrong} */
    public static byte[] frames(Junk junk) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = junk.below(7); i > 0; i--) {
            frames.writeBytes(frame(junk));
        }
        return junk.chance(20) ? junk.damaged(frames.toByteArray()) : frames.toByteArray();
    }

    /** {@return one frame} */
    public static byte[] frame(Junk junk) {
        byte[] payload =
                junk.chance(60) ? message(junk).getBytes(UTF_8) : junk.bytes(junk.below(junk.chance(5) ? 70_000 : 200));
        boolean good = junk.chance(60);
        int first = good ? 0x81 : junk.below(256);
        boolean masked = good || junk.chance(80);
        long length = good || junk.chance(80)
                ? payload.length
                : List.of(0L, 1L, 126L, 65_536L, 1L << 31, 1L << 62, -1L, Long.MIN_VALUE)
                        .get(junk.below(8));
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        int mask = masked ? 0x80 : 0;
        if (length >= 0 && length < 126 && junk.chance(95)) {
            frame.put((byte) (mask | (int) length));
        } else if (length >= 0 && length < 65_536 && junk.chance(95)) {
            frame.put((byte) (mask | 126)).putShort((short) length);
        } else {
            frame.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            // A mask of zeros leaves the payload as it is.
            frame.putInt(0);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** {@return what a viewer or a controller may say, or nearly} */
    public static String message(Junk junk) {
        StringBuilder text = new StringBuilder("{\"type\":\"" + junk.pick(TYPES) + "\",\"id\":" + junk.number());
        for (int i = junk.below(6); i > 0; i--) {
            text.append(",\"").append(junk.pick(FIELDS)).append("\":");
            text.append(
                    switch (junk.below(4)) {
                        case 0 -> junk.number();
                        case 1 -> Integer.toString(junk.below(1000));
                        case 2 ->
                            "\"" + new String(line(junk).getBytes(ISO_8859_1), ISO_8859_1).replaceAll("[\"\\\\]", "_")
                                    + "\"";
                        default -> junk.any("true", "null", "[]", "{}", "[{}]", "[{\"x\":1,\"y\":2}]", "[".repeat(600));
                    });
        }
        String message = text.append('}').toString();
        return junk.chance(15) ? junk.damaged(message) : message;
    }

    /** {@return a frame that ends a connection in the orderly way} */
    public static byte[] close() {
        return new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8};
    }
}
