package ai.bctrl.local.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTrackerTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65535, 65536, 200_000})
    void knowsTheEndOfAFrameHoweverItIsCut(int size) {
        for (boolean masked : new boolean[] {false, true}) {
            byte[] frame = RawSocket.frame(2, new byte[size], masked);
            Random random = new Random(size);
            for (int round = 0; round < 20; round++) {
                FrameTracker tracker = new FrameTracker();
                int at = 0;
                while (at < frame.length) {
                    int n = Math.min(frame.length - at, 1 + random.nextInt(Math.max(1, frame.length / 3)));
                    tracker.advance(ByteBuffer.wrap(frame, at, n), false);
                    at += n;
                    assertThat(tracker.isAtBoundary()).isEqualTo(at == frame.length);
                }
            }
        }
    }

    @Test
    void stopsAtTheFirstBoundaryWhenTold() {
        FrameTracker tracker = new FrameTracker();
        byte[] frame = RawSocket.frame(1, new byte[10], false);
        ByteBuffer twoAndAHalf = ByteBuffer.allocate(30).put(frame).put(frame).put(frame, 0, 6);
        twoAndAHalf.flip();

        assertThat(tracker.advance(twoAndAHalf, true)).isEqualTo(12);
        assertThat(tracker.isAtBoundary()).isTrue();
        assertThat(tracker.advance(twoAndAHalf.position(12), false)).isEqualTo(18);
        assertThat(tracker.isAtBoundary()).isFalse();
    }

    @Test
    void seesACloseFrameWhenItIsWhole() {
        FrameTracker tracker = new FrameTracker();
        byte[] close = RawSocket.frame(8, new byte[] {3, (byte) 0xe8}, false);
        tracker.advance(ByteBuffer.wrap(close, 0, 3), false);
        assertThat(tracker.isCloseSeen()).isFalse();
        tracker.advance(ByteBuffer.wrap(close, 3, 1), false);
        assertThat(tracker.isCloseSeen()).isTrue();

        FrameTracker empty = new FrameTracker();
        empty.advance(ByteBuffer.wrap(RawSocket.frame(8, new byte[0], false)), false);
        assertThat(empty.isCloseSeen()).isTrue();
    }

    @Test
    void neverEndsAFrameOfImpossibleLength() {
        FrameTracker tracker = new FrameTracker();
        byte[] junk = new byte[1000];
        Arrays.fill(junk, (byte) 0xff);
        tracker.advance(ByteBuffer.wrap(junk), false);
        assertThat(tracker.isAtBoundary()).isFalse();
    }
}
