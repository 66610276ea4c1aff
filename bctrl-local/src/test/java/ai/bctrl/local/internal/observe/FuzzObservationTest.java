package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.fuzz.Fuzz;
import ai.bctrl.local.fuzz.SocketJunk;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is observed may be anything: it is written down or left out, in bounded time and space. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzObservationTest {
    private static final long MOST_NANOS = 3_000_000_000L;

    private static final class Kept implements FrameReader.Messages {
        @Override
        public boolean wanted(String start) {
            return start.contains("type");
        }

        @Override
        public void message(String text) {
            assertThat(text.length()).isLessThanOrEqualTo(FrameReader.MAX_MESSAGE);
        }

        @Override
        public void skipped(String start, long bytes, boolean wanted) {
            assertThat(bytes).isNotNegative();
        }
    }

    @Test
    void framesAreReadWhereverTheyAreCut() {
        Fuzz.each(Fuzz.texts(), junk -> {
            FrameReader reader = new FrameReader(new Kept());
            byte[] bytes = junk.chance(80) ? SocketJunk.frames(junk) : junk.bytes(junk.below(2000));
            int from = 0;
            while (from < bytes.length) {
                int to = Math.min(bytes.length, from + 1 + junk.below(400));
                reader.read(Arrays.copyOfRange(bytes, from, to));
                from = to;
            }
        });
    }

    @Test
    void textsAreRedactedInTime() {
        Fuzz.each(Fuzz.texts() / 4, junk -> {
            String text = junk.like(
                            "logged in with password=hunter2 now",
                            "{\"password\": \"a b c\"}",
                            "http://me:pw@shop/a?token=1&x=2#y",
                            "Authorization: Bearer abcdefghijkl",
                            "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc_def")
                    .repeat(1 + junk.below(junk.chance(5) ? 400 : 3));
            long start = System.nanoTime();
            assertThat(EventRedaction.text(text)).hasSizeLessThanOrEqualTo(2000);
            assertThat(EventRedaction.url(text)).hasSizeLessThanOrEqualTo(2000);
            assertThat(System.nanoTime() - start).isLessThan(MOST_NANOS);
        });
    }
}
