package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttendedTimeTest {
    private static final long MILLI = 1_000_000;

    private final AttendedTime time = new AttendedTime(Duration.ofMillis(500), 0);

    @Test
    void passesAsTimeDoesWhileSomebodyLooks() {
        assertThat(time.look(250 * MILLI)).isEqualTo(Duration.ofMillis(250));
        assertThat(time.look(600 * MILLI)).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void standsStillWhileNobodyLooks() {
        time.look(250 * MILLI);
        assertThat(time.look(3_600_000 * MILLI)).isEqualTo(Duration.ofMillis(750));
        assertThat(time.look(3_600_100 * MILLI)).isEqualTo(Duration.ofMillis(850));
    }
}
