package ai.bctrl;

import java.io.IOException;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** The contract against recorded answers; {@code LocalClientContractBrowserIT} in bctrl-checks records them. */
class RecordedClientContractTest extends ClientContract {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void play(TestInfo test) throws IOException {
        server.setDispatcher(
                Tape.load("recorded/" + test.getTestMethod().orElseThrow().getName() + ".json")
                        .player());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected BctrlClient client() {
        return BctrlClient.builder()
                .apiKey("bctrl_recorded")
                .baseUrl(server.url("/").toString())
                .build();
    }

    @Override
    protected BctrlClient strangerToTheService() {
        return client();
    }
}
