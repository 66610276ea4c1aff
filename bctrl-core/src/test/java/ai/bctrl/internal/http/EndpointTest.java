package ai.bctrl.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.bctrl.ai, https://api.bctrl.ai/v1/spaces",
        "https://api.bctrl.ai/, https://api.bctrl.ai/v1/spaces",
        "https://api.bctrl.ai/v1, https://api.bctrl.ai/v1/spaces",
        "https://api.bctrl.ai/v1///, https://api.bctrl.ai/v1/spaces",
        "http://localhost:8787/gateway, http://localhost:8787/gateway/v1/spaces",
    })
    void takesTheAddressWithAndWithoutVersion(String base, String url) {
        assertThat(Endpoint.parse(base).url(ApiCall.get("spaces").build())).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8787", "ftp://x", "ws://x", "https://user:pw@x", "https://x?key=1"})
    void refusesWhatIsNoBaseAddress(String base) {
        assertThatThrownBy(() -> Endpoint.parse(base))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessageContaining("base URL")
                .hasMessageNotContaining("pw");
    }

    @Test
    void partsOfThePathAreEncoded() {
        assertThat(Endpoint.parse("http://h")
                        .url(ApiCall.get("spaces", "../a b/%2f?x").build()))
                .hasToString("http://h/v1/spaces/..%2Fa%20b%2F%252f%3Fx");
    }
}
