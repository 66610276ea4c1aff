package ai.bctrl;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against the service that the environment names. Costs money, so it runs only when asked for. */
@EnabledIfEnvironmentVariable(named = "BCTRL_E2E", matches = "1")
class HostedClientContractTest extends ClientContract {
    @Override
    protected BctrlClient client() {
        return BctrlClient.fromEnv();
    }

    @Override
    protected BctrlClient strangerToTheService() {
        return BctrlClient.builder()
                .apiKey("bctrl_nobody")
                .baseUrl(client().origin())
                .build();
    }
}
