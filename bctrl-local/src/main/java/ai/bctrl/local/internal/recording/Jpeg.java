package ai.bctrl.local.internal.recording;

import org.jspecify.annotations.Nullable;

/** A picture. Immutable; nobody changes the bytes. */
final class Jpeg {

    private final byte[] bytes;
    private final int width;
    private final int height;

    private Jpeg(byte[] bytes, int width, int height) {
        this.bytes = bytes;
        this.width = width;
        this.height = height;
    }

    byte[] bytes() {
        return bytes;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** {@return the picture, or null where the bytes are none} */
    static @Nullable Jpeg parse(byte[] bytes) {
        int at = 2;
        while (at + 9 < bytes.length) {
            if ((bytes[at] & 0xff) != 0xff) {
                return null;
            }
            int marker = bytes[at + 1] & 0xff;
            // The frame headers that Chromium writes: baseline and progressive.
            if (marker == 0xc0 || marker == 0xc2) {
                return new Jpeg(bytes, unsigned(bytes, at + 7), unsigned(bytes, at + 5));
            }
            at += 2 + unsigned(bytes, at + 2);
        }
        return null;
    }

    private static int unsigned(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
}
