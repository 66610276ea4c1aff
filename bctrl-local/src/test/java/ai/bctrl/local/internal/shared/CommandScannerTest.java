package ai.bctrl.local.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandScannerTest {

    @Test
    void readsWhatMattersInWhateverOrderAndPieces() {
        String command = "{ \"sessionId\":\"S1\", \"params\":{\"a\":[1,{\"method\":\"no\\\"\"}],\"id\":7},"
                + "\"method\" : \"Page.navigate\",\"id\": -9999 }";
        for (int piece = 1; piece < command.length(); piece++) {
            CommandScanner scanner = scan(command, piece);
            assertThat(scanner.isWhole()).isTrue();
            assertThat(scanner.id()).isEqualTo(-9999);
            assertThat(scanner.method()).isEqualTo("Page.navigate");
            assertThat(scanner.session()).isEqualTo("S1");
        }
    }

    @Test
    void takesAnEmptySessionForNoneAsTheBrowserDoes() {
        CommandScanner scanner = scan("{\"id\":1,\"method\":\"Target.getTargets\",\"sessionId\":\"\"}", 100);
        assertThat(scanner.isWhole()).isTrue();
        assertThat(scanner.session()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "1",
                "{\"id\":1}",
                "{\"method\":\"A.b\"}",
                "{\"id\":1,\"method\":\"A.b\",\"method\":\"Browser.close\"}",
                "{\"id\":1,\"id\":2,\"method\":\"A.b\"}",
                "{\"id\":1,\"method\":\"A.b\",\"sessionId\":\"S\",\"sessionId\":\"T\"}",
                "{\"id\":1,\"method\":\"A.b\",\"params\":{},\"params\":{}}",
                "{\"id\":1,\"meth\\u006fd\":\"A.b\",\"method\":\"C.d\"}",
                "{\"id\":1,\"method\":\"Browser\\u002eclose\"}",
                "{\"id\":1,\"method\":\"A.b\",\"params\":{/*\"*/}}",
                "{\"id\":1,/*\",*/\"method\":\"A.b\"}",
                "{\"id\":1,\"method\":\"A.b\",}",
                "{\"id\":1,\"method\":\"A.b\"}{}",
                "{\"id\":1,\"method\":[\"A.b\"]}",
                "{\"id\":\"1\",\"method\":\"A.b\"}",
                "{\"id\":1.5,\"method\":\"A.b\"}",
                "{\"id\":2000000001,\"method\":\"A.b\"}",
                "{\"id\":1,\"method\":\"A.b\",\"sessionId\":null}",
                "{\"id\":1,\"method\":\"A.b\"",
            })
    void refusesWhatTheBrowserCouldReadInAnotherWay(String text) {
        for (int piece : new int[] {1, 3, 1000}) {
            assertThat(scan(text, piece).isWhole()).isFalse();
        }
    }

    @Test
    void canBeUsedAgain() {
        CommandScanner scanner = scan("{\"id\":1,,", 100);
        assertThat(scanner.isMalformed()).isTrue();
        scanner.reset();
        byte[] bytes = "{\"id\":2,\"method\":\"A.b\"}".getBytes(StandardCharsets.UTF_8);
        scanner.read(bytes, 0, bytes.length);
        assertThat(scanner.isWhole()).isTrue();
        assertThat(scanner.id()).isEqualTo(2);
    }

    private static CommandScanner scan(String text, int piece) {
        CommandScanner scanner = new CommandScanner();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            scanner.read(bytes, from, Math.min(bytes.length, from + piece));
        }
        return scanner;
    }
}
