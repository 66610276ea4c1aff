package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.recording.FrameLog.Frame;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Makes a video file of the pictures of a run, in a page of a browser, and checks it. Immutable. */
final class VideoEncoder {

    /** A bigger picture is made smaller. */
    private static final int MAX_SIDE = 1280;

    /** How far apart pictures that can be shown on their own may be. */
    private static final long KEY_MILLIS = 10_000;

    private static final int PART = 3 << 18;

    /** How far a square of 16 pixels may be from its picture, of 255: coding loses a little, another picture much more. */
    private static final double TOLERANCE = 24;

    private static final double TOLERANCE_MILLIS = 100;

    private final EncoderPage page;
    private final FrameLog log;
    private final List<Frame> frames;
    private final long millis;
    private final int width;
    private final int height;

    /**
     * Creates an encoder.
     *
     * @param frames at least one
     * @param millis how long the video is
     */
    VideoEncoder(EncoderPage page, FrameLog log, List<Frame> frames, long millis) {
        this.page = page;
        this.log = log;
        this.frames = frames;
        this.millis = Math.max(millis, frames.get(frames.size() - 1).millis() + 1);
        int widest = frames.stream().mapToInt(Frame::width).max().orElse(2);
        int highest = frames.stream().mapToInt(Frame::height).max().orElse(2);
        double scale = Math.min(1, (double) MAX_SIDE / Math.max(widest, highest));
        this.width = even(widest * scale);
        this.height = even(highest * scale);
    }

    private static int even(double size) {
        return Math.max(2, (int) Math.round(size / 2) * 2);
    }

    /**
     * Makes the file and checks it.
     *
     * @throws IOException if it cannot be made, or is not what was recorded
     */
    void encode(Path target) throws IOException {
        try (WebmFile file = WebmFile.create(target, width, height)) {
            page.call("begin", width, height);
            long lastKey = Long.MIN_VALUE / 2;
            for (int i = 0; i < frames.size(); i++) {
                Frame frame = frames.get(i);
                // The first picture stands for the time before it, too.
                long at = i == 0 ? 0 : frame.millis();
                boolean key = at - lastKey >= KEY_MILLIS;
                lastKey = key ? at : lastKey;
                write(file, page.call("add", log.jpeg(frame), at, key));
                requireTime();
            }
            Frame last = frames.get(frames.size() - 1);
            if (millis - 1 > last.millis()) {
                // Once more, as the last thing to be seen: what is left to refine is refined.
                write(file, page.call("add", log.jpeg(last), millis - 1, false));
            }
            write(file, page.call("end"));
            file.finish(millis);
        }
        check(target);
    }

    private static void requireTime() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("it was given up");
        }
    }

    private static void write(WebmFile file, JsonElement chunks) throws IOException {
        for (JsonElement element : chunks.getAsJsonArray()) {
            JsonArray chunk = element.getAsJsonArray();
            file.frame(
                    Base64.getDecoder().decode(chunk.get(2).getAsString()),
                    Math.round(chunk.get(0).getAsDouble()),
                    chunk.get(1).getAsBoolean());
        }
    }

    private void check(Path target) throws IOException {
        try (InputStream in = Files.newInputStream(target)) {
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                page.call("part", part);
            }
        }
        JsonObject found =
                page.call("check", log.jpeg(frames.get(frames.size() - 1))).getAsJsonObject();
        double duration = found.get("millis").getAsDouble();
        double worst = found.get("worst").getAsDouble();
        if (Math.abs(duration - millis) > TOLERANCE_MILLIS) {
            throw new IOException("the video is " + Math.round(duration) + " ms long, not " + millis + " ms");
        }
        if (worst > TOLERANCE) {
            throw new IOException("the last picture of the video is not the last one of the recording (they differ by "
                    + Math.round(worst) + " of 255)");
        }
    }
}
