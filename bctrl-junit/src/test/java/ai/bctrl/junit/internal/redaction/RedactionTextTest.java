package ai.bctrl.junit.internal.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Free text, without anything learned. */
class RedactionTextTest {
    private static final int LARGE = 5_000_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Redaction redaction = new Redaction(SecretRules.defaults());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "password=hunter2|password=•••",
                "password: hunter2|password: •••",
                "Password : hunter2 ok|Password : ••• ok",
                "password => hunter2|password => •••",
                "{password=hunter2, user=bob}|{password=•••, user=bob}",
                "Login[user=bob, password=hunter2]|Login[user=bob, password=•••]",
                "{password: 'hunter2', a: 1}|{password: '•••', a: 1}",
                "{\"password\":\"hun\\\"ter2\",\"a\":1}|{\"password\":\"•••\",\"a\":1}",
                "{\"password\" : \"hunter2\"}|{\"password\" : \"•••\"}",
                "{\\\"password\\\":\\\"hunter2\\\",\\\"a\\\":1}|{\\\"password\\\":\\\"•••\\\",\\\"a\\\":1}",
                "{\"otp\":123456,\"a\":1}|{\"otp\":•••,\"a\":1}",
                "?a=1&token=abc&b=2|?a=1&token=•••&b=2",
                "/next?to=%2Fcb%3Ftoken%3Dabc%26x%3D1|/next?to=%2Fcb%3Ftoken%3D•••%26x%3D1",
                "<a href=\"/?token=abc&amp;x=1\">|<a href=\"/?token=•••&amp;x=1\">",
                "user[password]=abc|user[password]=•••",
                "Card number: 4111111111111111|Card number: •••",
                "api key = abcdef|api key = •••",
                "Authorization: Digest a=\"b\", c=d|Authorization: •••",
                "Cookie: a=b; c=d|Cookie: •••",
                "authorization: Bearer abc|authorization: •••",
                "token: Bearer abcdef|token: •••",
                "sent Bearer abcdef123456 to it|sent Bearer ••• to it",
                "curl -H 'X-Api-Key: abc' x|curl -H 'X-Api-Key: •••' x",
                "Basic dXNlcjpwYXNz|Basic •••",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln!|•••!",
                "at https://bob:pw@host/x|at https://•••@host/x",
                "key ghp_0123456789abcdefghijABCDEF end|key ••• end",
                "xoxb-1234567890-abcdef|•••",
                "AKIAIOSFODNN7EXAMPLE|•••",
                "sk_live_0123456789abcdef|•••",
                "localStorage.setItem('accessToken', 'abc')|localStorage.setItem('accessToken', '•••')",
                "setRequestHeader(\"X-Api-Key\",\"abc\")|setRequestHeader(\"X-Api-Key\",\"•••\")",
                "-----BEGIN RSA PRIVATE KEY-----\\nMIIEow\\n-----END RSA PRIVATE KEY----- x|-----BEGIN RSA PRIVATE KEY•••-----END RSA PRIVATE KEY----- x"
            })
    void hides(String text, String hidden) {
        assertThat(redaction.text(text)).isEqualTo(hidden);
        assertThat(redaction.text(hidden)).as("again").isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "the token expired",
                "Forgot your password?",
                "Basic authentication failed",
                "Bearer authentication",
                "author: Jane, passengers: 3, tokens=512, tokenType=Bearer",
                "getByLabel(\"Password:\").fill(\"x\")",
                "waiting for locator(\"input[type=password]\")",
                "click getByText(\"Token\")",
                "{\"password\":null,\"showPassword\":true,\"token\":\"\",\"secret\":false}",
                "password: {\"min\": 8}",
                "Enter password: ",
                "token == null",
                "input::password::after",
                "<input type=\"password\" id=\"p\" name=\"x\">",
                "<label>Password:</label>",
                "https://example.com/a:b@c?x=1#y",
                "sub-key ghp_short, AKIA, sk_live_",
                "t(\"password\", count)",
                "2026-11-22T06:30:00.123Z [main] INFO a.b.C - 12:30",
                "C:\\temp\\new & 100% &amp; %zz \\u12"
            })
    void keeps(String text) {
        assertThat(redaction.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this.token=e.token,this.password=t;var a={password:n,token:r}",
                "function f(token){return token===x?1:0}case\"token\":return 1",
                "if(password==typeof\"x\")a.token=b;else secret:for(;;);",
                "a.token=b.token,a.name=\"x\""
            })
    void keepsProgramText(String code) {
        assertThat(redaction.code(code)).isEqualTo(code);
    }

    @Test
    void hidesWhatIsInQuotesInProgramText() {
        assertThat(redaction.code("a={password:\"abc\",token:t};b='?token=abc123&x=';c=\"key token=abc\""))
                .isEqualTo("a={password:\"•••\",token:t};b='?token=•••&x=';c=\"key token=•••\"");
    }

    @Test
    void takesMorePatternsAndHidesTheirGroup() {
        Redaction more = new Redaction(
                SecretRules.of(List.of(), List.of(Pattern.compile("ticket-(\\d+)"), Pattern.compile("T\\d{3}"))));
        assertThat(more.text("ticket-12 and T123")).isEqualTo("ticket-••• and •••");
    }

    @Test
    void hidesATextOnWhichAPatternTakesTooLong() {
        Redaction more = new Redaction(SecretRules.of(List.of(), List.of(Pattern.compile(".*.*.*.*.*.*b"))));
        assertThat(more.text("a".repeat(200))).isEqualTo("•••");
        assertThat(more.text("aaab x")).isEqualTo("••• x");
        assertThat(more.text("aaac")).isEqualTo("aaac");
        Redaction deep = new Redaction(SecretRules.of(List.of(), List.of(Pattern.compile("(?:x|y)*z"))));
        assertThat(deep.text("xy".repeat(200_000))).isEqualTo("•••");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "eyJ",
                "eyJhbGci.",
                "password",
                "password=",
                "password:\"",
                "\"token\":\"",
                "token=\\\"",
                "=",
                ": ",
                "Bearer ",
                "Bearer aaaaaaaa",
                "://a:",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "ghp_",
                "%",
                "%25",
                "\\",
                "&",
                "&amp;",
                "<input ",
                "<a b=\"",
                "<!--",
                "</",
                "(\"token\",",
                "xoxb-1"
            })
    void readsATextInProportionToItsLength(String unit) {
        redaction.learn("aaaaaaaaaaaaaaab");
        assertThat(cpuTime(() -> readAll(unit.repeat(LARGE / 10 / unit.length()))))
                .isLessThan(SOON);
    }

    @Test
    void readsALineOfFiveMegabytes() {
        String unit =
                "<p class=\"a\">{\"token\":\"abc\",\"x\":1} eyJhbGciOi.x password= &amp; %41 \\u0041 aaaaaaaaaaaaaaaa</p>";
        redaction.learn("aaaaaaaaaaaaaaab");
        assertThat(cpuTime(() -> readAll(unit.repeat(LARGE / unit.length())))).isLessThan(SOON);
    }

    private void readAll(String text) {
        redaction.text(text);
        redaction.html(text);
        redaction.code(text);
    }

    /** Other tests may keep the processors busy, so that time on the clock says little. */
    private static Duration cpuTime(Runnable action) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        action.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    }
}
