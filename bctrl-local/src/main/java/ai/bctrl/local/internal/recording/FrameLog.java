package ai.bctrl.local.internal.recording;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the pictures of one run, also while they are being written, up to the last whole record. Thread-safe. */
final class FrameLog {

    private final Path path;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private long read;
    private long lastMillis;
    private boolean ended;
    private @Nullable String reason;

    /**
     * A picture. Immutable.
     *
     * @param millis its time, counted from the begin of the run
     * @param page number of the page that it shows
     * @param position where its bytes begin in the file
     * @param length how many there are
     * @param sum their check sum
     */
    record Frame(long millis, int page, int width, int height, long position, int length, int sum) {}

    /** A note about the pictures. Immutable. */
    record Mark(long millis, int page, String what) {}

    /**
     * What is in the file by now. Immutable.
     *
     * @param millis the time of the last record
     * @param ended whether it was ended properly
     * @param reason why it is not whole; null where nothing was said
     */
    record State(
            List<Frame> frames,
            List<Mark> marks,
            long millis,
            boolean ended,
            @Nullable String reason) {
        State {
            frames = List.copyOf(frames);
            marks = List.copyOf(marks);
        }
    }

    FrameLog(Path path) {
        this.path = path;
    }

    /**
     * {@return what is in the file by now; nothing where there is none}
     *
     * @throws IOException if it cannot be read
     */
    synchronized State state() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            for (long next = read; next >= 0; next = record(channel, next, size)) {
                read = next;
            }
        } catch (NoSuchFileException missing) {
            // Nothing was recorded, or it was removed.
        }
        return new State(frames, marks, lastMillis, ended, reason);
    }

    /** Takes a record; tells where the next one begins, -1 where there was no whole one. */
    private long record(FileChannel channel, long at, long size) throws IOException {
        byte[] first = read(channel, at, (int) Math.min(RecordFormat.PREFIX, size - at));
        RecordFormat.Prefix prefix = RecordFormat.prefix(ByteBuffer.wrap(first));
        if (prefix == null || prefix.length() > size - at) {
            return -1;
        }
        byte[] text = read(channel, at + RecordFormat.PREFIX, prefix.headLength());
        if (RecordFormat.sum(text) != prefix.headSum()) {
            return -1;
        }
        try {
            take(Json.parseObject(new String(text, StandardCharsets.UTF_8)), prefix, at);
        } catch (BctrlDecodingException | IllegalStateException | UnsupportedOperationException foreign) {
            return -1;
        }
        return at + prefix.length();
    }

    private void take(JsonObject head, RecordFormat.Prefix prefix, long at) {
        String type = head.get("type").getAsString();
        long millis = head.has("t") ? head.get("t").getAsLong() : 0;
        lastMillis = Math.max(lastMillis, millis);
        switch (type) {
            case "frame" ->
                frames.add(new Frame(
                        millis,
                        head.get("page").getAsInt(),
                        head.get("width").getAsInt(),
                        head.get("height").getAsInt(),
                        at + RecordFormat.PREFIX + prefix.headLength(),
                        prefix.bodyLength(),
                        prefix.bodySum()));
            case "mark" ->
                marks.add(new Mark(
                        millis, head.get("page").getAsInt(), head.get("mark").getAsString()));
            case "end" -> {
                ended = true;
                reason = head.has("reason") ? head.get("reason").getAsString() : null;
            }
            default -> {
                // The start, or what a later version writes.
            }
        }
    }

    /** Fewer bytes than wanted where the file ends. */
    private static byte[] read(FileChannel channel, long at, int length) throws IOException {
        byte[] bytes = new byte[Math.max(length, 0)];
        ByteBuffer free = ByteBuffer.wrap(bytes);
        while (free.hasRemaining() && channel.read(free, at + free.position()) >= 0) {
            // Goes on until there is no room or the file ends.
        }
        return free.hasRemaining() ? Arrays.copyOf(bytes, free.position()) : bytes;
    }

    /**
     * {@return the bytes of a picture}
     *
     * @throws IOException if they cannot be read or are not what was written
     */
    byte[] jpeg(Frame frame) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            byte[] bytes = read(channel, frame.position(), frame.length());
            if (bytes.length != frame.length() || RecordFormat.sum(bytes) != frame.sum()) {
                throw new IOException("a picture at " + frame.millis() + " ms is damaged");
            }
            return bytes;
        }
    }
}
