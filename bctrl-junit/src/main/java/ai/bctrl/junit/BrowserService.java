package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.EmbeddedControlPlane;
import ai.bctrl.runtime.Ownership;
import ai.bctrl.runtime.RuntimeProvider;
import java.time.Duration;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Where the browsers of a run come from. Thread-safe.
 *
 * @param provider hands them out
 * @param client reads what the service knows of them, or null if there is no API
 * @param embedded the control plane in this JVM, or null if the service runs elsewhere
 * @param ownership has a service elsewhere stop the browsers of a JVM that is killed; null where there is nothing to tell
 */
record BrowserService(
        RuntimeProvider provider,
        @Nullable BctrlClient client,
        EmbeddedControlPlane.@Nullable Running embedded,
        @Nullable Ownership ownership)
        implements AutoCloseable {

    /** A debugger that halts all threads must not cost the test its browser. */
    private static final Duration TTL_WITH_DEBUGGER = Duration.ofHours(1);

    static BrowserService connect(BctrlSettings settings) {
        return settings.usesService() ? running(settings) : embedded(settings);
    }

    private static BrowserService running(BctrlSettings settings) {
        String apiKey = settings.apiKey();
        if (apiKey == null) {
            throw new BctrlConfigurationException(
                    "bctrl.baseUrl (BCTRL_BASE_URL) is set, but bctrl.apiKey (BCTRL_API_KEY)"
                            + " is not; set the key of that service, or neither to use the embedded control plane");
        }
        String baseUrl = settings.baseUrl();
        BctrlClient client = BctrlClient.builder()
                .apiKey(apiKey)
                .baseUrl(baseUrl == null ? BctrlClient.HOSTED_URL : baseUrl)
                .network(settings.connection().network())
                .build();
        Ownership ownership = Ownership.begin(client, LiveLink.isForDebugger() ? TTL_WITH_DEBUGGER : Ownership.TTL);
        return new BrowserService(provider(client, settings).ownedBy(ownership), client, null, ownership);
    }

    private static BrowserService embedded(BctrlSettings settings) {
        EmbeddedControlPlane controlPlane = ServiceLoader.load(EmbeddedControlPlane.class)
                .findFirst()
                .orElseThrow(() -> new BctrlConfigurationException("no embedded control plane is on the class path;"
                        + " add the dependency ai.bctrl:bctrl-local, or set bctrl.apiKey (BCTRL_API_KEY) and bctrl.baseUrl"
                        + " (BCTRL_BASE_URL) to use a service that runs elsewhere"));
        EmbeddedControlPlane.Running running = controlPlane.start(settings.local());
        try {
            BctrlClient client = BctrlClient.builder()
                    .apiKey(running.apiKey())
                    .baseUrl(running.baseUrl())
                    .build();
            return new BrowserService(provider(client, settings), client, running, null);
        } catch (RuntimeException | Error failure) {
            running.close();
            throw failure;
        }
    }

    private static ApiRuntimeProvider provider(BctrlClient client, BctrlSettings settings) {
        String space = settings.space();
        return space == null ? ApiRuntimeProvider.of(client) : ApiRuntimeProvider.inSpace(client, space);
    }

    @Override
    public void close() {
        if (ownership != null) {
            ownership.close();
        }
        provider.close();
        if (client != null) {
            client.close();
        }
        if (embedded != null) {
            embedded.close();
        }
    }
}
