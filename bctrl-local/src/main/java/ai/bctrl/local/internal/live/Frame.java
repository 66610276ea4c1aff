package ai.bctrl.local.internal.live;

import java.nio.ByteBuffer;

/**
 * A picture of a page, as it goes to viewers: 24 bytes of header (version 1, 0, number of the tab as 16 bits, number of the
 * picture as 32 bits, time in ms as a 64-bit float, width and height of the viewport in CSS pixels as 16 bits each, scale as
 * a 32-bit float; all big-endian), then a JPEG. Immutable.
 *
 * @param number greater for a later one of the tab
 * @param bytes header and picture
 */
record Frame(int number, ByteBuffer bytes) {

    static final int HEADER = 24;
    private static final byte VERSION = 1;

    static Frame of(int tab, int number, double timeMillis, int width, int height, float scale, byte[] jpeg) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + jpeg.length)
                .put(VERSION)
                .put((byte) 0)
                .putShort((short) tab)
                .putInt(number)
                .putDouble(timeMillis)
                .putShort((short) width)
                .putShort((short) height)
                .putFloat(scale)
                .put(jpeg)
                .flip();
        return new Frame(number, bytes.asReadOnlyBuffer());
    }
}
