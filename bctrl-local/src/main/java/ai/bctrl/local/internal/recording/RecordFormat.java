package ai.bctrl.local.internal.recording;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * How a frame file is written: records, each with a prefix of 20 bytes (a mark, the sizes of head and body, a check sum of
 * each), a head in JSON that tells what it is, and a body. A file is read up to its last whole record, so that it may be cut
 * anywhere.
 */
final class RecordFormat {

    /** The prefix's size in bytes. */
    static final int PREFIX = 20;

    private static final int MARK = 0x42435231;
    private static final int MAX_HEAD = 1 << 16;
    private static final int MAX_BODY = 1 << 26;

    private RecordFormat() {}

    /** A record's prefix. Immutable. */
    record Prefix(int headLength, int bodyLength, int headSum, int bodySum) {
        int length() {
            return PREFIX + headLength + bodyLength;
        }
    }

    static ByteBuffer encode(JsonObject head, byte[] body) {
        byte[] text = head.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(PREFIX + text.length + body.length);
        record.putInt(MARK)
                .putInt(text.length)
                .putInt(body.length)
                .putInt(sum(text))
                .putInt(sum(body));
        return record.put(text).put(body).flip();
    }

    /** {@return the prefix, or null where the bytes are none} */
    static @Nullable Prefix prefix(ByteBuffer bytes) {
        if (bytes.remaining() < PREFIX || bytes.getInt() != MARK) {
            return null;
        }
        Prefix prefix = new Prefix(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt());
        boolean sane = prefix.headLength() > 0
                && prefix.headLength() <= MAX_HEAD
                && prefix.bodyLength() >= 0
                && prefix.bodyLength() <= MAX_BODY;
        return sane ? prefix : null;
    }

    static int sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
