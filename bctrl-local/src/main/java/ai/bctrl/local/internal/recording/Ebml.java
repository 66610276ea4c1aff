package ai.bctrl.local.internal.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes elements of EBML, the binary form that WebM files have. Immutable. */
final class Ebml {

    private Ebml() {}

    static byte[] element(int id, byte[] content) {
        byte[] name = id(id);
        byte[] size = size(content.length);
        return ByteBuffer.allocate(name.length + size.length + content.length)
                .put(name)
                .put(size)
                .put(content)
                .array();
    }

    static byte[] element(int id, byte[]... children) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] child : children) {
            content.writeBytes(child);
        }
        return element(id, content.toByteArray());
    }

    static byte[] number(int id, long value) {
        int bytes = 1;
        while (bytes < 8 && (value >>> (8 * bytes)) != 0) {
            bytes++;
        }
        return element(id, bigEndian(value, bytes));
    }

    /** A number that always takes 8 bytes, so that it can be written over. */
    static byte[] longNumber(int id, long value) {
        return element(id, bigEndian(value, 8));
    }

    static byte[] decimal(int id, double value) {
        return element(id, ByteBuffer.allocate(8).putDouble(value).array());
    }

    static byte[] text(int id, String value) {
        return element(id, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** An id carries its own length in its first bits. */
    static byte[] id(int id) {
        int bytes = id >>> 24 != 0 ? 4 : id >>> 16 != 0 ? 3 : id >>> 8 != 0 ? 2 : 1;
        return bigEndian(id, bytes);
    }

    /** A size in as few bytes as will do. */
    static byte[] size(long value) {
        int bytes = 1;
        // All bits set means that the size is not known.
        while (value >= (1L << (7 * bytes)) - 1) {
            bytes++;
        }
        return size(value, bytes);
    }

    static byte[] size(long value, int bytes) {
        return bigEndian(value | (1L << (7 * bytes)), bytes);
    }

    private static byte[] bigEndian(long value, int bytes) {
        byte[] written = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            written[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
        }
        return written;
    }
}
