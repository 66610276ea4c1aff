package ai.bctrl.checks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.BrowserRemains;
import ai.bctrl.ClientContract;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/**
 * The client's contract against the local control plane on a real Chromium; each answer is compared with the OpenAPI file.
 * With {@code -Dbctrl.record=<directory>} it records the answers for {@code RecordedClientContractTest}.
 */
class LocalClientContractBrowserIT extends ClientContract {
    private static final LocalBctrl LOCAL = LocalBctrl.start(
            LocalOptions.builder().isolation(BrowserRemains.isolation()).build());

    private final RecordingGateway gateway;
    private final BctrlClient client;

    LocalClientContractBrowserIT() throws IOException {
        gateway = new RecordingGateway(LOCAL.baseUrl());
        client = client(LOCAL.apiKey());
    }

    @AfterAll
    static void stop() {
        LOCAL.close();
    }

    private BctrlClient client(String key) {
        return BctrlClient.builder().apiKey(key).baseUrl(gateway.baseUrl()).build();
    }

    @AfterEach
    void everyAnswerFitsTheContract(TestInfo test) throws IOException {
        client.close();
        gateway.close();
        String directory = System.getProperty("bctrl.record");
        if (directory != null) {
            gateway.tape()
                    .save(Path.of(directory, test.getTestMethod().orElseThrow().getName() + ".json"));
        }
        assertThat(gateway.problems()).isEmpty();
    }

    @Override
    protected BctrlClient client() {
        return client;
    }

    @Override
    protected BctrlClient strangerToTheService() {
        return client("bctrl_nobody");
    }
}
