package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T03:04:05.678912345Z, 2026-11-23T03:04:05.678Z",
        "2026-11-23T03:04:05.999999999Z, 2026-11-23T03:04:05.999Z",
        "2026-11-23T03:04:00Z, 2026-11-23T03:04:00.000Z",
        "2026-01-01T00:00:00.010Z, 2026-01-01T00:00:00.010Z",
        "1969-12-31T23:59:59.9995Z, 1969-12-31T23:59:59.999Z"
    })
    void cutsATimeAtItsMilliseconds(Instant time, String text) {
        assertThat(Timestamps.format(time)).isEqualTo(text);
    }
}
