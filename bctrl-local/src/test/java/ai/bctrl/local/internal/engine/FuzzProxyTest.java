package ai.bctrl.local.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzProxyTest {

    @Test
    void requestsToAProxyArePassedOnOrBrokenOff() {
        HttpCredentials credentials = new HttpCredentials("user", "secret");
        Fuzz.each(Fuzz.texts(), junk -> {
            String request = junk.like(
                    "GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n",
                    "POST http://a.test/ HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\r\n",
                    "CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n\u0016\u0003",
                    "\r\n\r\n");
            ByteArrayOutputStream proxy = new ByteArrayOutputStream();
            try {
                credentials.forward(new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)), proxy);
            } catch (IOException told) {
                assertThat(told.getMessage()).startsWith("the browser");
            }
        });
    }
}
