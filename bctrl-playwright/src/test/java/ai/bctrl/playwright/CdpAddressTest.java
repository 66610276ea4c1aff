package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CdpAddressTest {
    private static final String URL =
            "ws://127.0.0.1:8787/v1/connections/0b9f6a2e-6a51/cdp?token=SECRETSIGNATURE&exp=1700000000";

    private final CdpAddress address = new CdpAddress(URL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                URL,
                "retrieving websocket url from " + URL,
                "http://127.0.0.1:8787/v1/connections/0b9f6a2e-6a51/cdp/json/version/?token=SECRETSIGNATURE",
                "the token was SECRETSIGNATURE!",
                "token=SECRETSIGNATURE&exp=1700000000",
            })
    void hidesTheSignatureHoweverItIsWritten(String text) {
        assertThat(address.redact(text)).doesNotContain("SECRET").doesNotContain("1700000000");
    }

    @Test
    void keepsHostAndPortAndTheRestOfTheText() {
        assertThat(address.redact("error at " + URL + " (ECONNREFUSED)"))
                .isEqualTo("error at ws://127.0.0.1:8787/… (ECONNREFUSED)");
        assertThat(address).hasToString("ws://127.0.0.1:8787/…");
    }

    @Test
    void keepsIdsThatStandInThePath() {
        String id = "0b9f6a2e-6a51-4e0f-9d6e-0a1b2c3d4e5f";
        CdpAddress withId = new CdpAddress("ws://127.0.0.1:8787/v1/connections/" + id + "/cdp?token=SECRETSIGNATURE");
        assertThat(withId.redact("connection " + id + " expired")).isEqualTo("connection " + id + " expired");
    }

    @Test
    void hidesUserInfo() {
        CdpAddress withUser = new CdpAddress("wss://user:a-long-password@grid.example/cdp");
        assertThat(withUser.redact("wss://user:a-long-password@grid.example/cdp refused a-long-password"))
                .isEqualTo("wss://grid.example/… refused …");
    }

    @Test
    void hidesAnAddressThatIsNoUrlAsAWhole() {
        CdpAddress broken = new CdpAddress("not a url?token=SECRETSIGNATURE");
        assertThat(broken.redact("Invalid URL: not a url?token=SECRETSIGNATURE"))
                .isEqualTo("Invalid URL: …");
    }
}
