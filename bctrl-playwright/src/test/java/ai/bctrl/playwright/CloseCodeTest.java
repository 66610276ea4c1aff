package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseCodeTest {
    @Test
    void readsTheFrame() {
        byte[] reason = "lease expired".getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + reason.length];
        payload[0] = (byte) (4002 >> 8);
        payload[1] = (byte) 4002;
        System.arraycopy(reason, 0, payload, 2, reason.length);
        assertThat(CloseCode.of(payload)).isEqualTo(new CloseCode(4002, "lease expired"));
        assertThat(CloseCode.of(new byte[0])).isEqualTo(new CloseCode(1005, ""));
    }

    @Test
    void findsWhatPlaywrightQuotes() {
        assertThat(CloseCode.in("<ws disconnected> ws://h/ code=4003 reason=idle for 30 min\nCall log:"))
                .isEqualTo(new CloseCode(4003, "idle for 30 min"));
        assertThat(CloseCode.in("code=1006")).isEqualTo(new CloseCode(1006, ""));
        assertThat(CloseCode.in("Target closed")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, EXPIRED, the other side closed the connection",
        "1001, LOST, the other side is going away",
        "1002, BROKEN, violation of the WebSocket protocol",
        "1003, BROKEN, could not read a message",
        "1005, BROKEN, without saying why",
        "1006, BROKEN, broke off without a word",
        "1007, BROKEN, could not read a message",
        "1008, EXPIRED, by a rule of its own",
        "1009, BROKEN, a message was larger",
        "1010, BROKEN, wanted a WebSocket extension",
        "1011, BROKEN, something went wrong",
        "1012, LOST, is being restarted",
        "1013, LOST, is overloaded",
        "1014, LOST, a gateway could not reach",
        "1015, BROKEN, TLS failed",
        "3000, BROKEN, not known here",
        "4001, EXPIRED, was revoked",
        "4002, EXPIRED, the connection expired",
        "4003, EXPIRED, it was idle",
        "4004, EXPIRED, its lifetime was over",
        "4999, BROKEN, not known here"
    })
    void saysWhatEachCodeMeans(int code, CloseCode.Meaning meaning, String words) {
        CloseCode closed = new CloseCode(code, "as they say");
        assertThat(closed.meaning()).isEqualTo(meaning);
        assertThat(closed.sentence()).contains(words).contains(": as they say");
    }

    @Test
    void everyCodeHasASentence() {
        for (int code = 1000; code < 5000; code++) {
            assertThat(new CloseCode(code, "").sentence()).isNotBlank();
            assertThat(new CloseCode(code, "").meaning()).isNotNull();
        }
    }

    @Test
    void knowsACrashByItsReason() {
        assertThat(new CloseCode(1011, "browser crashed: killed by SIGKILL").meaning())
                .isEqualTo(CloseCode.Meaning.CRASHED);
    }
}
