package ai.bctrl.local.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.internal.service.ApiProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostGuardTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:8787, http://127.0.0.1:8787, true",
        "127.0.0.1, 127.0.0.1:8787, http://localhost:8787, true",
        "127.0.0.1, [::1]:8787, , true",
        "127.0.0.1, evil.test:8787, , false",
        "127.0.0.1, 10.0.0.1:8787, , false",
        "127.0.0.1, 127.0.0.1.evil.test:8787, , false",
        "127.0.0.1, 127.0.0.1:8787, http://127.0.0.1:8080, false",
        "127.0.0.1, 127.0.0.1:8787, https://127.0.0.1:8787, false",
        "127.0.0.1, 127.0.0.1:8787, null, false",
        "0.0.0.0, 10.0.0.1:80, http://10.0.0.1:80, true",
        "0.0.0.0, 10.0.0.1:9000, http://10.0.0.1:9000, true",
        "0.0.0.0, 10.0.0.1:8787, http://6.6.6.6, false",
        "0.0.0.0, 127.0.0.1:8787, http://127.0.0.1:3000, false",
        "0.0.0.0, evil.test:8787, http://evil.test:8787, false"
    })
    void letsInOnlyWhoNamesUs(String bound, String host, String origin, boolean passes) {
        HostGuard guard = new HostGuard(bound);
        if (passes) {
            assertThat(guard.check(host, origin, 8787)).isEqualTo(host);
        } else {
            assertThatThrownBy(() -> guard.check(host, origin, 8787)).isInstanceOf(ApiProblem.class);
        }
    }
}
