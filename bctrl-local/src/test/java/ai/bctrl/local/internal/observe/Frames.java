package ai.bctrl.local.internal.observe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Writes WebSocket frames as browsers and controllers do, and cuts them anywhere. Not thread-safe. */
final class Frames {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Random random;

    Frames(long seed) {
        random = new Random(seed);
    }

    /** A message in several frames, with other frames in between. */
    Frames message(String text, boolean masked) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int parts = 1 + random.nextInt(3);
        int from = 0;
        for (int i = 0; i < parts; i++) {
            int to = i == parts - 1 ? bytes.length : from + random.nextInt(bytes.length - from + 1);
            frame(i == 0 ? 1 : 0, i == parts - 1, Arrays.copyOfRange(bytes, from, to), masked);
            from = to;
            if (i < parts - 1 && random.nextBoolean()) {
                frame(9, true, new byte[random.nextInt(20)], masked);
            }
        }
        return this;
    }

    private void frame(int opcode, boolean last, byte[] payload, boolean masked) {
        out.write((last ? 0x80 : 0) | opcode);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            out.write(mask | payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(mask | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] key = new byte[4];
        if (masked) {
            random.nextBytes(key);
            out.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ key[i & 3]);
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Hands out all bytes in pieces. */
    void cut(Consumer<byte[]> reader) {
        byte[] all = bytes();
        int from = 0;
        while (from < all.length) {
            int to = Math.min(
                    all.length, from + 1 + (random.nextInt(10) == 0 ? random.nextInt(70_000) : random.nextInt(40)));
            reader.accept(Arrays.copyOfRange(all, from, to));
            from = to;
        }
    }
}
