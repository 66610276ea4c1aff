package ai.bctrl.local.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.loop.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageFilterTest {

    private static final int PING = 9;

    /** Holds what begins with an H and lets pass what begins with a P, after the second byte. */
    private static final class FirstLetter extends MessageFilter {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final List<String> held = new ArrayList<>();
        private final List<String> injected = new ArrayList<>();
        private final StringBuilder head = new StringBuilder();

        FirstLetter(boolean masked) {
            super(masked);
        }

        @Override
        Verdict look(byte[] bytes, int from, int to) {
            head.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            return head.length() < 2 ? Verdict.OPEN : whole();
        }

        @Override
        Verdict whole() {
            boolean hold = head.length() > 0 && head.charAt(0) == 'H';
            head.setLength(0);
            return hold ? Verdict.HOLD : Verdict.PASS;
        }

        @Override
        void held(String text) {
            assertThat(isMidMessage()).isFalse();
            held.add(text);
        }

        @Override
        void emit(byte[] bytes, int from, int to) {
            out.write(bytes, from, to - from);
        }

        @Override
        boolean hasBetween() {
            return !injected.isEmpty();
        }

        @Override
        void between() {
            injected.forEach(text -> out.writeBytes(text.getBytes(StandardCharsets.UTF_8)));
            injected.clear();
        }
    }

    @Test
    void passesSomeBytesAsTheyAreAndHoldsOthersHoweverTheyAreCut() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream passing = new ByteArrayOutputStream();
        List<String> held = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            boolean hold = random.nextInt(3) == 0;
            int size = random.nextInt(5) == 0 ? random.nextInt(70_000) : random.nextInt(200);
            String text = (hold ? "H" : "P") + "x".repeat(size);
            byte[] message = message(text, random);
            all.writeBytes(message);
            if (hold) {
                held.add(text);
            } else {
                passing.writeBytes(message);
            }
            if (random.nextInt(10) == 0) {
                byte[] ping = frame(true, PING, "hi".getBytes(StandardCharsets.UTF_8), 0, 2, random);
                all.writeBytes(ping);
                passing.writeBytes(ping);
            }
        }
        byte[] stream = all.toByteArray();
        for (int most : new int[] {1, 2, 7, 1000, 65_536, stream.length}) {
            FirstLetter filter = new FirstLetter(true);
            byte[] copy = stream.clone();
            for (int from = 0; from < copy.length; ) {
                int to = Math.min(copy.length, from + 1 + random.nextInt(most));
                filter.take(copy, from, to);
                from = to;
            }
            assertThat(filter.held).isEqualTo(held);
            assertThat(filter.out.toByteArray()).isEqualTo(passing.toByteArray());
        }
    }

    @Test
    void puttingSomethingBetweenWaitsForTheEndOfWhatPasses() throws Exception {
        FirstLetter filter = new FirstLetter(false);
        byte[] message = Frames.fromServer("P" + "y".repeat(100));
        filter.take(message, 0, 50);
        assertThat(filter.isMidMessage()).isTrue();
        filter.injected.add("between");
        byte[] rest = new byte[2 * message.length - 50];
        System.arraycopy(message, 50, rest, 0, message.length - 50);
        System.arraycopy(message, 0, rest, message.length - 50, message.length);
        filter.take(rest, 0, rest.length);
        String text = new String(message, StandardCharsets.ISO_8859_1);
        assertThat(filter.out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(text + "between" + text);
        assertThat(filter.isMidMessage()).isFalse();
    }

    @Test
    void endsWhatIsNoStreamOfFrames() {
        assertThatThrownBy(() -> new FirstLetter(true).take(Frames.fromServer("Pxx"), 0, 5))
                .isInstanceOf(IOException.class);
        byte[] binary = {(byte) 0x82, 1, 'P'};
        assertThatThrownBy(() -> new FirstLetter(false).take(binary, 0, 3)).isInstanceOf(IOException.class);
        byte[] compressed = {(byte) 0xc1, 1, 'P'};
        assertThatThrownBy(() -> new FirstLetter(false).take(compressed, 0, 3)).isInstanceOf(IOException.class);
        byte[] continuation = {(byte) 0x80, 1, 'P'};
        assertThatThrownBy(() -> new FirstLetter(false).take(continuation, 0, 3))
                .isInstanceOf(IOException.class);
        byte[] endless = {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> new FirstLetter(false).take(endless, 0, 10)).isInstanceOf(IOException.class);
    }

    @Test
    void doesNotHoldEndlessly() throws Exception {
        FirstLetter filter = new FirstLetter(false);
        byte[] head = {(byte) 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0, 'H', 'H'};
        filter.take(head, 0, head.length);
        byte[] more = new byte[1024 * 1024];
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 17; i++) {
                        filter.take(more, 0, more.length);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }

    /** In one to three frames, perhaps with a ping in between. */
    private static byte[] message(String text, Random random) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int frames = 1 + random.nextInt(3);
        int from = 0;
        for (int i = 0; i < frames; i++) {
            boolean last = i == frames - 1;
            int to = last ? payload.length : from + random.nextInt(payload.length - from + 1);
            out.writeBytes(frame(last, i == 0 ? 1 : 0, payload, from, to, random));
            from = to;
        }
        return out.toByteArray();
    }

    private static byte[] frame(boolean last, int opcode, byte[] payload, int from, int to, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = to - from;
        out.write((last ? 0x80 : 0) | opcode);
        if (length < 126) {
            out.write(0x80 | length);
        } else if (length < 65_536) {
            out.write(0x80 | 126);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) length >> shift));
            }
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        out.writeBytes(mask);
        for (int i = from; i < to; i++) {
            out.write(payload[i] ^ mask[(i - from) & 3]);
        }
        return out.toByteArray();
    }
}
