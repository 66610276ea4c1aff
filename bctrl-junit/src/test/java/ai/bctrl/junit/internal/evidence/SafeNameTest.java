package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"buys", "buys[12]", "buys(String,int)", "ai.bctrl.CheckoutTest", "a-b_c"})
    void keepsAHarmlessName(String name) {
        assertThat(SafeName.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..",
                ".",
                "a/b",
                "a\\b",
                "con",
                "NUL.txt",
                "com1",
                "a:b",
                "what?",
                "läuft",
                "a b",
                "trailing.",
                "",
                "tab\there",
                "\uD83D\uDE00",
                "a\u0000b",
                "-",
                "a*b|c\"<>"
            })
    void makesAnyTextANameForEveryFileSystem(String text) {
        String name = SafeName.of(text);
        assertThat(name)
                .matches("[A-Za-z0-9._,()\\[\\]-]{1,90}")
                .doesNotStartWith(".")
                .doesNotEndWith(".");
        assertThat(name.toLowerCase(Locale.ROOT)).doesNotMatch("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    }

    @Test
    void givesDifferentTextsDifferentNames() {
        assertThat(SafeName.of("a/b")).isNotEqualTo(SafeName.of("a\\b"));
        assertThat(SafeName.of("x".repeat(300) + "1"))
                .hasSizeLessThanOrEqualTo(90)
                .isNotEqualTo(SafeName.of("x".repeat(300) + "2"));
    }
}
