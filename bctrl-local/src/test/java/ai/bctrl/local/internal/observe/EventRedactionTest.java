package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRedactionTest {

    @ParameterizedTest
    @CsvSource({
        "http://shop/a?page=2&sort=up, http://shop/a?page=2&sort=up",
        "http://shop/a?token=abc&page=2, http://shop/a?token=***&page=2",
        "http://shop/a?accessToken=abc, http://shop/a?accessToken=***",
        "http://shop/a?X-Amz-Signature=abc, http://shop/a?X-Amz-Signature=***",
        "http://shop/a?api_key=abc#part, http://shop/a?api_key=***#part",
        "http://shop/cb#access_token=abc&id_token=def, http://shop/cb#access_token=***&id_token=***",
        "http://shop/cb?code=abc&state=def, http://shop/cb?code=***&state=***",
        "http://me:pw@shop/a, http://***@shop/a",
        "http://shop/a@b?monkey=1, http://shop/a@b?monkey=1",
        "http://shop/?session=, http://shop/?session=",
        "about:blank, about:blank"
    })
    void hidesSecretsOfAddresses(String url, String expected) {
        assertThat(EventRedaction.url(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logged in with password=hunter2 now | logged in with password=*** now",
                "{\"password\": \"a b c\", \"name\": \"x\"} | {\"password\": \"***\", \"name\": \"x\"}",
                "sent Authorization: Bearer abcdefghijkl | sent Authorization: *** ***",
                "got eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc_def here | got *** here",
                "GET http://me:pw@shop/a?token=1 failed | GET http://***@shop/a?token=*** failed",
                "status code: 404, key=Enter | status code: 404, key=Enter",
                "apiKey: 123 | apiKey: ***",
                "nothing to hide: 1 = 1 | nothing to hide: 1 = 1"
            })
    void hidesSecretsOfTexts(String text, String expected) {
        assertThat(EventRedaction.text(text)).isEqualTo(expected);
    }

    @Test
    void boundsWhatItReturns() {
        assertThat(EventRedaction.text("x".repeat(5_000))).hasSize(2_000).endsWith("x…");
        assertThat(EventRedaction.url("http://shop/" + "x".repeat(5_000))).hasSize(2_000);
        assertThat(EventRedaction.url("data:image/png;base64," + "A".repeat(5_000)))
                .hasSize(100);
        assertThat(EventRedaction.text("😀".repeat(3_000)))
                .hasSizeLessThanOrEqualTo(2_000)
                .endsWith("😀…");
    }

    @Test
    void takesNoTimeForTextsMadeToTakeTime() {
        long begin = System.nanoTime();
        for (String piece : new String[] {"a=", "a:", "\"", "//", "Bearer ", "eyJaaaaaa.", "a.b-", "?&", "=   ", "@"}) {
            EventRedaction.text(piece.repeat(500_000));
            EventRedaction.url("http://h/?" + piece.repeat(500_000));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
}
