package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CdpMessageTest {
    @Test
    void replacesEachPathOfAnUploadAndNothingElse() {
        CdpMessage message =
                new CdpMessage("{\"id\":7,\"method\":\"DOM.setFileInputFiles\",\"params\":{\"objectId\":\"-1.2\","
                        + "\"files\":[\"/tmp/a \\\"b\\\".txt\",\"C:\\\\x\\u00e9.bin\"]},\"sessionId\":\"S\"}");
        List<String> seen = new ArrayList<>();
        CdpMessage replaced = message.withEach("files", path -> {
            seen.add(path);
            return "/far/" + seen.size() + "\\\u20ac\ud83d\ude00";
        });
        assertThat(seen).containsExactly("/tmp/a \"b\".txt", "C:\\x\u00e9.bin");
        assertThat(replaced.text())
                .isEqualTo(
                        "{\"id\":7,\"method\":\"DOM.setFileInputFiles\",\"params\":{\"objectId\":\"-1.2\","
                                + "\"files\":[\"/far/1\\\\\u20ac\\ud83d\\ude00\",\"/far/2\\\\\u20ac\\ud83d\\ude00\"]},\"sessionId\":\"S\"}");
    }

    @Test
    void leavesAnEmptyUploadAsItIs() {
        String none = "{\"id\":7,\"method\":\"DOM.setFileInputFiles\",\"params\":{\"files\":[]}}";
        assertThat(new CdpMessage(none).withEach("files", path -> "x").text()).isEqualTo(none);
    }

    @Test
    void readsAndReplacesAString() {
        CdpMessage message = new CdpMessage("{\"params\":{\"guid\":\"a-1\",\"state\":\"completed\",\"totalBytes\":3}}");
        assertThat(message.string("guid")).isEqualTo("a-1");
        assertThat(message.string("none")).isNull();
        assertThat(message.with("state", "canceled").text())
                .isEqualTo("{\"params\":{\"guid\":\"a-1\",\"state\":\"canceled\",\"totalBytes\":3}}");
    }

    @Test
    void answersInTheNameOfTheBrowser() {
        CdpMessage command = new CdpMessage("{\"id\":12,\"method\":\"DOM.setFileInputFiles\",\"sessionId\":\"S\"}");
        assertThat(command.failed("no \"such\" file\n").text())
                .isEqualTo("{\"id\":12,\"error\":{\"code\":-32000,\"message\":\"no \\\"such\\\" file\\u000a\"},"
                        + "\"sessionId\":\"S\"}");
    }
}
