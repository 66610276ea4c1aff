package ai.bctrl.local.internal.cdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.loop.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private final List<String> heard = new ArrayList<>();
    private final MessageReader reader = new MessageReader(new MessageReader.Listener() {
        @Override
        public void text(String text) {
            heard.add(text);
        }

        @Override
        public void ping(byte[] payload) {
            heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            heard.add("close");
        }
    });

    @Test
    void readsMessagesOfEachLengthHoweverTheyAreCut() throws IOException {
        String middle = "m\u00e9".repeat(100);
        String large = "l".repeat(70_000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String text : List.of("", "short", middle, large)) {
            all.writeBytes(Frames.fromServer(text));
        }
        byte[] bytes = all.toByteArray();
        for (int step : List.of(1, 7, 4096, bytes.length)) {
            heard.clear();
            for (int at = 0; at < bytes.length; at += step) {
                reader.take(bytes, at, Math.min(bytes.length, at + step));
            }
            assertThat(heard).containsExactly("", "short", middle, large);
        }
    }

    @Test
    void putsFragmentsTogetherAndHearsAPingBetweenThem() throws IOException {
        byte[] bytes = {0x01, 2, 'a', 'b', (byte) 0x89, 1, '?', 0x00, 1, 'c', (byte) 0x80, 1, 'd', (byte) 0x88, 0};
        reader.take(bytes, 0, bytes.length);
        assertThat(heard).containsExactly("ping ?", "abcd", "close");
    }

    @Test
    void refusesWhatIsNoFrameOfAServer() {
        byte[] masked = Frames.fromClient("text");
        assertThatThrownBy(() -> reader.take(masked, 0, masked.length)).hasMessageContaining("no frames of a server");
    }

    @Test
    void refusesALengthWithItsHighestBitSet() {
        byte[] negative = {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> reader.take(negative, 0, negative.length)).hasMessageContaining("longer than");
    }

    @Test
    void refusesAMessageThatNobodyCouldHold() {
        byte[] endless = {(byte) 0x81, 127, (byte) 0x7f, -1, -1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> reader.take(endless, 0, endless.length)).hasMessageContaining("longer than");
    }
}
