package ai.bctrl.runtime;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.network.Network;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one browser that somebody else runs, known by its CDP address. Nothing is launched, recorded or stopped, and
 * the spec has no effect. Thread-safe.
 */
public final class CdpUrlRuntimeProvider implements RuntimeProvider {
    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    private final String cdpUrl;
    private final String label;
    private final Network network;

    /**
     * Creates a provider that connects as the JVM and the environment say.
     *
     * @param cdpUrl address with the scheme ws, wss, http or https
     * @throws BctrlConfigurationException if it is not such an address
     */
    public CdpUrlRuntimeProvider(String cdpUrl) {
        this(cdpUrl, Network.system());
    }

    /**
     * Creates a provider.
     *
     * @param cdpUrl address with the scheme ws, wss, http or https
     * @param network proxies and certificates, which count for ws and wss only
     * @throws BctrlConfigurationException if it is not such an address
     */
    public CdpUrlRuntimeProvider(String cdpUrl, Network network) {
        URI uri;
        try {
            uri = URI.create(cdpUrl.strip());
        } catch (IllegalArgumentException malformed) {
            // The cause would quote the address, which may carry a token.
            throw new BctrlConfigurationException("the CDP URL is not a URL");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
            throw new BctrlConfigurationException(
                    "the CDP URL must begin with ws://, wss://, http:// or https:// and name a host");
        }
        this.network = network;
        this.cdpUrl = uri.toString();
        this.label = "cdp:" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    @Override
    public RuntimeLease acquire(RuntimeSpec spec) {
        return new Lease(label, cdpUrl, network);
    }

    private record Lease(String runtimeId, String cdpUrl, Network network) implements RuntimeLease {
        @Override
        public @Nullable String runId() {
            return null;
        }

        @Override
        public PhaseTimes phases() {
            return PhaseTimes.none();
        }

        @Override
        public @Nullable RuntimeEnding ending() {
            return null;
        }

        @Override
        public LiveView liveView(CreateLiveViewRequest request) {
            throw new BctrlException("a browser known only by its CDP URL has no live view");
        }

        @Override
        public void close() {
            // Nothing was made, so there is nothing to give back.
        }

        @Override
        public String toString() {
            return "Lease[" + runtimeId + "]";
        }
    }
}
