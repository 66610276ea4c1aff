package ai.bctrl.local.internal.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a WebM file with one VP9 track, whose pictures may come at any times, with its duration and an index for seeking. Not
 * thread-safe. Whoever made it closes it.
 */
final class WebmFile implements AutoCloseable {

    private static final int SEGMENT = 0x18538067;
    private static final int SEEK_HEAD = 0x114D9B74;
    private static final int SEEK = 0x4DBB;
    private static final int SEEK_ID = 0x53AB;
    private static final int SEEK_POSITION = 0x53AC;
    private static final int INFO = 0x1549A966;
    private static final int TIMECODE_SCALE = 0x2AD7B1;
    private static final int DURATION = 0x4489;
    private static final int TRACKS = 0x1654AE6B;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TIMECODE = 0xE7;
    private static final int SIMPLE_BLOCK = 0xA3;
    private static final int CUES = 0x1C53BB6B;
    private static final int SIZE_BYTES = 8;

    /** A picture's time within its cluster has 16 bits with a sign. */
    private static final long MAX_CLUSTER_MILLIS = 30_000;

    private static final int MAX_CLUSTER_BYTES = 4 << 20;

    private final FileChannel channel;
    private final int width;
    private final int height;
    private final List<Cue> cues = new ArrayList<>();
    private final ByteArrayOutputStream cluster = new ByteArrayOutputStream();
    private final long segment;
    private long clusterStart = -1;
    private boolean clusterHasKey;

    private record Cue(long millis, long position) {}

    private WebmFile(FileChannel channel, int width, int height) throws IOException {
        this.channel = channel;
        this.width = width;
        this.height = height;
        write(Ebml.element(
                0x1A45DFA3,
                Ebml.number(0x4286, 1),
                Ebml.number(0x42F7, 1),
                Ebml.number(0x42F2, 4),
                Ebml.number(0x42F3, 8),
                Ebml.text(0x4282, "webm"),
                Ebml.number(0x4287, 4),
                Ebml.number(0x4285, 2)));
        write(Ebml.id(SEGMENT));
        write(Ebml.size(0, SIZE_BYTES));
        this.segment = channel.position();
        write(head(0, 0));
    }

    /** Begins a file, over one that is there. */
    static WebmFile create(Path path, int width, int height) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return new WebmFile(channel, width, height);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** What stands before the pictures; always of the same size. */
    private byte[] head(long cuesPosition, double millis) {
        byte[] info = Ebml.element(
                INFO,
                Ebml.number(TIMECODE_SCALE, 1_000_000),
                Ebml.decimal(DURATION, millis),
                Ebml.text(0x4D80, "bctrl-java"),
                Ebml.text(0x5741, "bctrl-java"));
        byte[] tracks = Ebml.element(
                TRACKS,
                Ebml.element(
                        0xAE,
                        Ebml.number(0xD7, 1),
                        Ebml.number(0x73C5, 1),
                        Ebml.number(0x9C, 0),
                        Ebml.number(0x83, 1),
                        Ebml.text(0x86, "V_VP9"),
                        Ebml.element(0xE0, Ebml.number(0xB0, width), Ebml.number(0xBA, height))));
        int own = seekHead(0, 0, 0).length;
        byte[] seekHead = seekHead(own, own + info.length, cuesPosition);
        return ByteBuffer.allocate(own + info.length + tracks.length)
                .put(seekHead)
                .put(info)
                .put(tracks)
                .array();
    }

    private static byte[] seekHead(long info, long tracks, long cues) {
        return Ebml.element(SEEK_HEAD, seek(INFO, info), seek(TRACKS, tracks), seek(CUES, cues));
    }

    private static byte[] seek(int id, long position) {
        return Ebml.element(SEEK, Ebml.element(SEEK_ID, Ebml.id(id)), Ebml.longNumber(SEEK_POSITION, position));
    }

    /**
     * Adds a picture; its time is not before that of the last one.
     *
     * @param key whether it can be shown without those before it
     */
    void frame(byte[] vp9, long millis, boolean key) throws IOException {
        boolean full = millis - clusterStart > MAX_CLUSTER_MILLIS || cluster.size() > MAX_CLUSTER_BYTES;
        if (clusterStart < 0 || full || (key && cluster.size() > 0)) {
            flush();
            clusterStart = millis;
            clusterHasKey = key;
            cluster.writeBytes(Ebml.number(TIMECODE, millis));
        }
        ByteBuffer block = ByteBuffer.allocate(4 + vp9.length);
        block.put((byte) 0x81).putShort((short) (millis - clusterStart)).put((byte) (key ? 0x80 : 0));
        cluster.writeBytes(Ebml.element(SIMPLE_BLOCK, block.put(vp9).array()));
    }

    private void flush() throws IOException {
        if (cluster.size() == 0) {
            return;
        }
        if (clusterHasKey) {
            cues.add(new Cue(clusterStart, channel.position() - segment));
        }
        write(Ebml.element(CLUSTER, cluster.toByteArray()));
        cluster.reset();
    }

    /**
     * Writes what is known only at the end.
     *
     * @param durationMillis how long the last picture is shown, counted from the begin
     */
    void finish(long durationMillis) throws IOException {
        flush();
        long cuesPosition = channel.position() - segment;
        byte[][] points = cues.stream()
                .map(cue -> Ebml.element(
                        0xBB,
                        Ebml.number(0xB3, cue.millis()),
                        Ebml.element(0xB7, Ebml.number(0xF7, 1), Ebml.number(0xF1, cue.position()))))
                .toArray(byte[][]::new);
        write(Ebml.element(CUES, points));
        long end = channel.position();
        channel.position(segment - SIZE_BYTES);
        write(Ebml.size(end - segment, SIZE_BYTES));
        write(head(cuesPosition, (double) durationMillis));
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
