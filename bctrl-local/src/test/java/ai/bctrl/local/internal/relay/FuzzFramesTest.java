package ai.bctrl.local.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.fuzz.Fuzz;
import ai.bctrl.local.fuzz.SocketJunk;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FuzzFramesTest {

    /** However the bytes are cut, the frames end at the same places. */
    @Test
    void framesAreFollowedWhereverTheyAreCut() {
        Fuzz.each(Fuzz.texts(), junk -> {
            byte[] bytes = junk.chance(80) ? SocketJunk.frames(junk) : junk.bytes(junk.below(2000));
            FrameTracker whole = new FrameTracker();
            assertThat(whole.advance(ByteBuffer.wrap(bytes), false)).isEqualTo(bytes.length);
            FrameTracker cut = new FrameTracker();
            int from = 0;
            while (from < bytes.length) {
                ByteBuffer part = ByteBuffer.wrap(bytes, from, Math.min(bytes.length - from, 1 + junk.below(100)));
                from += cut.advance(part, junk.chance(50));
            }
            assertThat(cut.isAtBoundary()).isEqualTo(whole.isAtBoundary());
            assertThat(cut.isCloseSeen()).isEqualTo(whole.isCloseSeen());
        });
    }
}
