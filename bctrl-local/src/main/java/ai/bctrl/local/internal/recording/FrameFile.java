package ai.bctrl.local.internal.recording;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pictures of one run, one after the other. What was written survives the end of this process, however it comes.
 * A fault of the disk ends the file, not the run. Not thread-safe. Whoever made it closes it.
 */
final class FrameFile implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final FileChannel channel;
    private final Limits limits;
    private long size;
    private int frames;
    private @Nullable String ended;

    /**
     * How much is recorded of one run. Immutable.
     *
     * @param bytes the largest file
     * @param millis the latest picture, counted from the begin of the run
     */
    record Limits(long bytes, long millis) {
        static final Limits DEFAULT = new Limits(256L << 20, 2 * 3600_000L);
    }

    private FrameFile(FileChannel channel, Limits limits) {
        this.channel = channel;
        this.limits = limits;
    }

    /**
     * Begins a file.
     *
     * @param startedAt when the run began, RFC 3339; all times in the file count from then
     * @throws IOException if the file is there or cannot be written
     */
    static FrameFile create(Path path, String runId, String startedAt, Limits limits) throws IOException {
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return begin(
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                runId,
                startedAt,
                limits);
    }

    static FrameFile begin(FileChannel channel, String runId, String startedAt, Limits limits) throws IOException {
        FrameFile file = new FrameFile(channel, limits);
        JsonObject head = new JsonObject();
        head.addProperty("type", "start");
        head.addProperty("version", 1);
        head.addProperty("runId", runId);
        head.addProperty("startedAt", startedAt);
        try {
            file.write(head, NOTHING);
            return file;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Adds a picture.
     *
     * @param millis its time, counted from the begin of the run
     * @param page number of the page that it shows
     * @return whether it was written; if not, the file has ended
     */
    boolean frame(long millis, int page, Jpeg jpeg) {
        JsonObject head = head("frame", millis);
        head.addProperty("page", page);
        head.addProperty("width", jpeg.width());
        head.addProperty("height", jpeg.height());
        if (millis > limits.millis()) {
            end(millis, "The recording ends here: it had become longer than " + limits.millis() / 60_000 + " minutes.");
        } else if (size + jpeg.bytes().length > limits.bytes()) {
            end(millis, "The recording ends here: it had become larger than " + (limits.bytes() >> 20) + " MB.");
        } else if (append(head, jpeg.bytes())) {
            frames++;
        }
        return ended == null;
    }

    /** Notes something about the pictures that follow, or are missing. */
    void mark(long millis, int page, String what) {
        JsonObject head = head("mark", millis);
        head.addProperty("page", page);
        head.addProperty("mark", what);
        append(head, NOTHING);
    }

    /**
     * Ends the file; what comes later is dropped.
     *
     * @param reason why it is not whole; null where it is
     */
    void end(long millis, @Nullable String reason) {
        if (ended != null) {
            return;
        }
        JsonObject head = head("end", millis);
        if (reason != null) {
            head.addProperty("reason", reason);
        }
        append(head, NOTHING);
        ended = reason == null ? "" : reason;
    }

    private static JsonObject head(String type, long millis) {
        JsonObject head = new JsonObject();
        head.addProperty("type", type);
        head.addProperty("t", millis);
        return head;
    }

    private boolean append(JsonObject head, byte[] body) {
        if (ended != null) {
            return false;
        }
        try {
            write(head, body);
            return true;
        } catch (IOException failed) {
            ended = "The recording ends early: its file could not be written (" + failed.getMessage() + ").";
            cutBack();
            return false;
        }
    }

    private void write(JsonObject head, byte[] body) throws IOException {
        ByteBuffer record = RecordFormat.encode(head, body);
        int length = record.remaining();
        while (record.hasRemaining()) {
            channel.write(record);
        }
        size += length;
    }

    private void cutBack() {
        try {
            channel.truncate(size);
        } catch (IOException left) {
            // A reader stops at the half record by itself.
        }
    }

    /** How many pictures were written. */
    int frames() {
        return frames;
    }

    /** Why it ended; empty where it is whole, null while it goes on. */
    @Nullable
    String ended() {
        return ended;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            // Everything was written before.
        }
    }
}
