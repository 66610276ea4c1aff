package ai.bctrl.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void readsSecondsAndDates() {
        assertThat(RetryAfter.parse("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Sun, 22 Nov 2026 03:00:09 GMT", NOW)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aDateInThePastMeansNow() {
        assertThat(RetryAfter.parse("Sun, 22 Nov 2026 02:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
    }

    @Test
    void nonsenseMeansNothing() {
        assertThat(new String[] {"", "soon", "-1", "99999999999999999999"})
                .allSatisfy(text -> assertThat(RetryAfter.parse(text, NOW)).isNull());
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }
}
