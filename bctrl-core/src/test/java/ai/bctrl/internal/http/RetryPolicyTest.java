package ai.bctrl.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy =
            new RetryPolicy(3, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(10));

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(policy.pause(1, null, 1)).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.pause(2, null, 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.pause(3, null, 1)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void jitterSpreadsOverTheUpperHalf() {
        assertThat(policy.pause(1, null, 0)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void endsAfterTheLastTry() {
        assertThat(policy.pause(4, null, 1)).isNull();
        assertThat(policy.pause(4, Duration.ZERO, 1)).isNull();
    }

    @Test
    void theServicesWishWinsUpToACap() {
        assertThat(policy.pause(1, Duration.ofSeconds(10), 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.pause(1, Duration.ofSeconds(11), 0)).isNull();
    }

    @Test
    void onlyFaultsThatMayPassAreTransient() {
        assertThat(java.util.List.of(408, 429, 500, 502, 503, 504)).allMatch(policy::isTransient);
        assertThat(java.util.List.of(400, 401, 402, 403, 404, 409, 422, 501)).noneMatch(policy::isTransient);
    }
}
