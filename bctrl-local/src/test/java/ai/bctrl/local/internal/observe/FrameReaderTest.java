package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> heard = new ArrayList<>();

    private final FrameReader reader = new FrameReader(new FrameReader.Messages() {
        @Override
        public boolean wanted(String start) {
            return start.startsWith("keep");
        }

        @Override
        public void message(String text) {
            heard.add(text);
        }

        @Override
        public void skipped(String start, long bytes, boolean wanted) {
            heard.add("skipped " + start.substring(0, Math.min(8, start.length())) + " " + bytes + " " + wanted);
        }
    });

    @Test
    void putsMessagesTogetherHoweverTheyAreCut() {
        for (int seed = 0; seed < 60; seed++) {
            heard.clear();
            Random random = new Random(seed);
            Frames frames = new Frames(seed);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int length = random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(700);
                String body = "ä€😀x".repeat(length / 4);
                boolean wanted = random.nextBoolean();
                String text = (wanted ? "keep" : "drop") + body;
                frames.message(text, seed % 2 == 0);
                expected.add(wanted ? text : null);
            }
            frames.cut(reader::read);
            assertThat(heard).as("seed " + seed).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                String text = expected.get(i);
                if (text != null) {
                    assertThat(heard.get(i)).as("seed " + seed).isEqualTo(text);
                } else {
                    assertThat(heard.get(i)).startsWith("skipped drop");
                }
            }
        }
    }

    @Test
    void tellsTheLengthOfWhatItDoesNotKeep() {
        reader.read(new Frames(1).message("drop" + "x".repeat(5_000_000), true).bytes());
        reader.read(new Frames(2).message("keep" + "x".repeat(5_000_000), false).bytes());
        reader.read(new Frames(3).message("keep", false).bytes());
        assertThat(heard).containsExactly("skipped dropxxxx 5000004 false", "skipped keepxxxx 5000004 true", "keep");
    }

    @Test
    void goesOnAtTheNextFrameWhereSomethingIsMissing() {
        byte[] first = new Frames(1).message("keep one", true).bytes();
        reader.read(Arrays.copyOf(first, first.length - 3));
        reader.skipToFrame();
        reader.read(new Frames(2).message("keep two", true).bytes());
        assertThat(heard).containsExactly("keep two");
    }
}
