package ai.bctrl.junit.internal.evidence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.internal.har.Exchange;
import ai.bctrl.junit.internal.trace.ConsoleLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureMarkdownTest {
    @TempDir
    @Nullable
    Path run;

    @Test
    void saysWhatFailedAndWhatHappenedBefore() throws IOException {
        String text = render(sample(new AssertionError("wrong"), "click `Go`"));
        assertThat(text)
                .startsWith("# CheckoutTest.buys failed: application assertion\n- Test: buys() (attempt 1)\n")
                .contains("\n- Page: http://shop/cart\n")
                .contains("## What failed\n\n```text\njava.lang.AssertionError: wrong\n```\n")
                .contains("- **failed** `` click `Go` `` 31 ms: TimeoutError: late\n")
                .contains("## Failed requests\n\n- `GET http://shop/a` 500\n- `GET http://shop/b` net::ERR_ABORTED\n\n")
                .contains("## Errors in the console\n\n- `it broke`\n\n")
                .doesNotContain("http://shop/fine", "innocent");
    }

    @Test
    void aFenceIsLongerThanAnyInTheText() throws IOException {
        assertThat(render(sample(new AssertionError("a\n```\nb\n````\nc"), "click")))
                .contains("\n`````text\njava.lang.AssertionError: a\n```\nb\n````\nc\n`````\n");
    }

    @Test
    void codeWithBackticksStaysOneSpan() throws IOException {
        for (String title : List.of("`", "``", "a``b", "`a", "a`", "a```b", "two\nlines `x`")) {
            String line = render(sample(new AssertionError("wrong"), title))
                    .lines()
                    .filter(row -> row.startsWith("- **failed** "))
                    .findFirst()
                    .orElseThrow();
            String span = line.substring("- **failed** ".length(), line.indexOf(" 31 ms"));
            String mark = span.substring(0, span.indexOf(' '));
            assertThat(mark).as(title).matches("`{2,}");
            assertThat(span).endsWith(" " + mark);
            assertThat(span.substring(mark.length(), span.length() - mark.length()))
                    .as(title)
                    .doesNotContain(mark);
        }
    }

    @Test
    void hidesWhatIsSecretInTheMessage() throws IOException {
        assertThat(render(sample(new AssertionError("password=hunter2hunter"), "click")))
                .contains("password=•••")
                .doesNotContain("hunter2");
    }

    @Test
    void cutsWhatNobodyWouldRead() throws IOException {
        assertThat(render(sample(new AssertionError("x".repeat(100_000)), "click"))
                        .length())
                .isLessThan(10_000);
    }

    private Collected sample(Throwable thrown, String title) throws IOException {
        return SampleAttempt.failed(
                requireNonNull(run),
                thrown,
                "http://shop/cart",
                List.of(SampleAttempt.action(title, "TimeoutError: late")),
                List.of(console("error", "it broke"), console("log", "innocent")),
                List.of(
                        exchange("http://shop/a", 500, null),
                        exchange("http://shop/b", -1, "net::ERR_ABORTED"),
                        exchange("http://shop/fine", 200, null)));
    }

    private static String render(Collected collected) {
        return new FailureMarkdown(collected, requireNonNull(collected.attempt().failure())).render();
    }

    private static ConsoleLine console(String level, String text) {
        return new ConsoleLine(SampleAttempt.TIME, level, text, null, 0, 1);
    }

    private static Exchange exchange(String url, int status, @Nullable String failure) {
        return new Exchange("GET", url, status, failure, "text/html", 5, SampleAttempt.TIME, Duration.ofMillis(1));
    }
}
