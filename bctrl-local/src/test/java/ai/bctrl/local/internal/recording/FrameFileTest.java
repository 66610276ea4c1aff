package ai.bctrl.local.internal.recording;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameFileTest {
    private static final FrameFile.Limits NONE = new FrameFile.Limits(Long.MAX_VALUE, Long.MAX_VALUE);

    @TempDir
    Path directory;

    /** A file that looks like a picture as far as its head is read. */
    static Jpeg jpeg(int width, int height, int length) {
        byte[] bytes = new byte[Math.max(length, 32)];
        Arrays.fill(bytes, (byte) length);
        byte[] head = {
            (byte) 0xff,
            (byte) 0xd8,
            (byte) 0xff,
            (byte) 0xe0,
            0,
            4,
            1,
            2,
            (byte) 0xff,
            (byte) 0xc0,
            0,
            17,
            8,
            (byte) (height >> 8),
            (byte) height,
            (byte) (width >> 8),
            (byte) width
        };
        System.arraycopy(head, 0, bytes, 0, head.length);
        return requireNonNull(Jpeg.parse(bytes));
    }

    private FrameFile create(String name, FrameFile.Limits limits) throws IOException {
        return FrameFile.create(directory.resolve(name), "run-1", "2026-11-22T10:00:00.000Z", limits);
    }

    private FrameLog log(String name) {
        return new FrameLog(directory.resolve(name));
    }

    private void writeThree(String name) throws IOException {
        try (FrameFile file = create(name, NONE)) {
            file.mark(5, 0, "opened");
            file.frame(10, 0, jpeg(1280, 720, 300));
            file.frame(400, 0, jpeg(1280, 720, 200));
            file.mark(500, 1, "shown");
            file.frame(800, 1, jpeg(400, 800, 100));
            file.end(1000, null);
        }
    }

    @Test
    void readsTheSizeOfAPicture() {
        Jpeg picture = jpeg(1280, 720, 100);
        assertThat(picture.width()).isEqualTo(1280);
        assertThat(picture.height()).isEqualTo(720);
        assertThat(Jpeg.parse(new byte[100])).isNull();
        assertThat(Jpeg.parse(new byte[0])).isNull();
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        writeThree("a");
        FrameLog log = log("a");
        FrameLog.State state = log.state();
        assertThat(state.frames())
                .extracting(FrameLog.Frame::millis, FrameLog.Frame::page, FrameLog.Frame::width, FrameLog.Frame::height)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 0, 1280, 720),
                        org.assertj.core.groups.Tuple.tuple(400L, 0, 1280, 720),
                        org.assertj.core.groups.Tuple.tuple(800L, 1, 400, 800));
        assertThat(state.marks())
                .containsExactly(new FrameLog.Mark(5, 0, "opened"), new FrameLog.Mark(500, 1, "shown"));
        assertThat(state.ended()).isTrue();
        assertThat(state.reason()).isNull();
        assertThat(state.millis()).isEqualTo(1000);
        assertThat(log.jpeg(state.frames().get(2)))
                .isEqualTo(jpeg(400, 800, 100).bytes());
    }

    @Test
    void isReadUpToTheLastWholeRecordWhereverItIsCut() throws IOException {
        writeThree("whole");
        byte[] whole = Files.readAllBytes(directory.resolve("whole"));
        int known = 0;
        for (int length = 0; length <= whole.length; length++) {
            Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
            FrameLog log = new FrameLog(cut);
            FrameLog.State state = log.state();
            assertThat(state.frames().size()).isBetween(known, known + 1);
            known = state.frames().size();
            for (FrameLog.Frame frame : state.frames()) {
                assertThat(log.jpeg(frame)).hasSize(frame.length());
            }
            assertThat(state.ended()).isEqualTo(length == whole.length);
        }
        assertThat(known).isEqualTo(3);
    }

    @Test
    void isReadUpToARecordThatIsDamaged() throws IOException {
        writeThree("whole");
        byte[] whole = Files.readAllBytes(directory.resolve("whole"));
        int damaged = Math.toIntExact(log("whole").state().frames().get(1).position() - 4);
        whole[damaged] ^= 1;
        Path file = Files.write(directory.resolve("damaged"), whole);
        assertThat(new FrameLog(file).state().frames()).hasSize(1);
    }

    @Test
    void canBeReadWhileItGrows() throws IOException {
        FrameLog log = log("growing");
        assertThat(log.state().frames()).isEmpty();
        try (FrameFile file = create("growing", NONE)) {
            for (int i = 1; i <= 20; i++) {
                file.frame(i * 10L, 0, jpeg(10, 10, 50 * i));
                assertThat(log.state().frames()).hasSize(i);
            }
        }
        assertThat(log.state().ended()).isFalse();
    }

    @Test
    void endsWhenItIsFull() throws IOException {
        try (FrameFile file = create("large", new FrameFile.Limits(1000, NONE.millis()))) {
            assertThat(file.frame(1, 0, jpeg(10, 10, 500))).isTrue();
            assertThat(file.frame(2, 0, jpeg(10, 10, 500))).isFalse();
            assertThat(file.frame(3, 0, jpeg(10, 10, 32))).isFalse();
        }
        FrameLog.State state = log("large").state();
        assertThat(state.frames()).hasSize(1);
        assertThat(state.reason()).isEqualTo("The recording ends here: it had become larger than 0 MB.");
    }

    @Test
    void endsWhenItIsLongEnough() throws IOException {
        try (FrameFile file = create("long", FrameFile.Limits.DEFAULT)) {
            assertThat(file.frame(7_200_000, 0, jpeg(10, 10, 50))).isTrue();
            assertThat(file.frame(7_200_001, 0, jpeg(10, 10, 50))).isFalse();
        }
        assertThat(log("long").state().reason())
                .isEqualTo("The recording ends here: it had become longer than 120 minutes.");
    }

    @Test
    void endsWithAReasonWhenItCannotBeWrittenAnyMore() throws IOException {
        Path path = directory.resolve("broken");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FrameFile file = FrameFile.begin(channel, "run-1", "2026-11-22T10:00:00.000Z", NONE)) {
            assertThat(file.frame(1, 0, jpeg(10, 10, 50))).isTrue();
            channel.close();
            assertThat(file.frame(2, 0, jpeg(10, 10, 50))).isFalse();
            assertThat(file.frame(3, 0, jpeg(10, 10, 50))).isFalse();
            assertThat(file.ended()).startsWith("The recording ends early: its file could not be written");
        }
        assertThat(log("broken").state().frames()).hasSize(1);
    }
}
