package ai.bctrl.local.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebmFileTest {
    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1F43B675;
    private static final int CUES = 0x1C53BB6B;
    private static final int INFO = 0x1549A966;
    private static final int SEEK_HEAD = 0x114D9B74;

    @TempDir
    Path directory;

    /** An element with its place among its siblings' bytes. */
    private record Element(int id, int position, ByteBuffer content) {
        List<Element> children() {
            return parse(content.duplicate());
        }

        Element child(int id) {
            return children().stream()
                    .filter(element -> element.id == id)
                    .findFirst()
                    .orElseThrow();
        }

        long number() {
            long value = 0;
            for (ByteBuffer bytes = content.duplicate(); bytes.hasRemaining(); ) {
                value = (value << 8) | (bytes.get() & 0xff);
            }
            return value;
        }
    }

    private static List<Element> parse(ByteBuffer bytes) {
        List<Element> elements = new ArrayList<>();
        ByteBuffer all = bytes.slice();
        while (all.hasRemaining()) {
            int position = all.position();
            int id = (int) vint(all, false);
            int size = Math.toIntExact(vint(all, true));
            elements.add(new Element(id, position, all.slice(all.position(), size)));
            all.position(all.position() + size);
        }
        return elements;
    }

    private static long vint(ByteBuffer bytes, boolean masked) {
        int first = bytes.get() & 0xff;
        int length = Integer.numberOfLeadingZeros(first) - 23;
        long value = masked ? first & (0xff >> length) : first;
        for (int i = 1; i < length; i++) {
            value = (value << 8) | (bytes.get() & 0xff);
        }
        return value;
    }

    private Element write(long duration, long... times) throws IOException {
        Path path = directory.resolve("a.webm");
        try (WebmFile file = WebmFile.create(path, 1280, 720)) {
            for (int i = 0; i < times.length; i++) {
                file.frame(new byte[] {(byte) i, 1, 2, 3}, times[i], i % 3 == 0);
            }
            file.finish(duration);
        }
        List<Element> top = parse(ByteBuffer.wrap(Files.readAllBytes(path)));
        assertThat(top).hasSize(2);
        assertThat(top.get(1).id()).isEqualTo(SEGMENT);
        return top.get(1);
    }

    @Test
    void hasAllPicturesAtTheirTimes() throws IOException {
        long[] times = {0, 400, 40_000, 40_400, 100_000, 200_000, 200_001, 7_200_000};
        List<Long> found = new ArrayList<>();
        for (Element cluster : write(7_200_100, times).children()) {
            if (cluster.id() == CLUSTER) {
                long start = cluster.child(0xE7).number();
                cluster.children().stream()
                        .filter(block -> block.id() == 0xA3)
                        .forEach(block -> found.add(start + block.content().getShort(1)));
            }
        }
        assertThat(found).containsExactly(0L, 400L, 40_000L, 40_400L, 100_000L, 200_000L, 200_001L, 7_200_000L);
    }

    @Test
    void tellsItsDuration() throws IOException {
        assertThat(write(1234, 0, 100).child(INFO).child(0x4489).content().getDouble(0))
                .isEqualTo(1234.0);
    }

    @Test
    void leadsToEachPictureThatCanBeShownOnItsOwn() throws IOException {
        Element segment = write(5000, 0, 100, 200, 300, 400, 500, 600);
        List<Element> points = segment.child(CUES).children();
        assertThat(points).extracting(point -> point.child(0xB3).number()).containsExactly(0L, 300L, 600L);
        for (Element point : points) {
            long position = point.child(0xB7).child(0xF1).number();
            assertThat(segment.children()).anySatisfy(element -> {
                assertThat(element.id()).isEqualTo(CLUSTER);
                assertThat(element.position()).isEqualTo(position);
                assertThat(element.child(0xE7).number())
                        .isEqualTo(point.child(0xB3).number());
            });
        }
    }

    @Test
    void saysAtItsBeginWhereThingsAre() throws IOException {
        Element segment = write(5000, 0, 100, 200, 300);
        for (Element seek : segment.child(SEEK_HEAD).children()) {
            long id = seek.child(0x53AB).number();
            long position = seek.child(0x53AC).number();
            assertThat(segment.children())
                    .filteredOn(element -> element.id() == (int) id)
                    .extracting(element -> (long) element.position())
                    .containsExactly(position);
        }
    }

    @Test
    void writesSizesInAsFewBytesAsWillDo() {
        assertThat(Ebml.size(126)).containsExactly(0xfe);
        assertThat(Ebml.size(127)).containsExactly(0x40, 0x7f);
        assertThat(Ebml.size(16_382)).containsExactly(0x7f, 0xfe);
        assertThat(Ebml.size(16_383)).containsExactly(0x20, 0x3f, 0xff);
    }
}
