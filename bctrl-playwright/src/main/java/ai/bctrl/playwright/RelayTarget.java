package ai.bctrl.playwright;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.network.Network;
import ai.bctrl.runtime.RemoteFiles;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a relay leads to, and what it does on the way. Immutable.
 *
 * @param address the browser's
 * @param network how to get there
 * @param files the files to carry; null if driver and browser share theirs
 * @param silenceLimit how long nothing may be heard; zero for as long as it likes
 * @param controlPlane why the browser ended, if the control plane knows
 */
record RelayTarget(
        URI address,
        Network network,
        @Nullable RemoteFiles files,
        Duration silenceLimit,
        Supplier<@Nullable RuntimeEnding> controlPlane) {
    /** To browsers on this machine the control plane keeps watch, and nothing lies between. */
    private static final Duration FAR_AWAY = Duration.ofSeconds(2);

    /**
     * What a lease needs; null where the driver can go to the browser itself.
     *
     * @throws BctrlConfigurationException if the environment names a proxy that is no address
     */
    static @Nullable RelayTarget of(RuntimeLease lease, SessionOptions options) {
        if (!ClientRelay.fits(lease.cdpUrl())) {
            return null;
        }
        URI address = parse(lease.cdpUrl());
        String host = address == null ? null : address.getHost();
        if (address == null || host == null) {
            return null;
        }
        RemoteFiles files = files(lease, options.files());
        Duration limit = options.silenceLimit();
        if (limit == null) {
            limit = Network.isLoopback(host) ? Duration.ZERO : FAR_AWAY;
        }
        boolean tls = address.getScheme().equalsIgnoreCase("wss");
        boolean needed = files != null || !limit.isZero() || lease.network().isNeededFor(host, tls);
        return needed ? new RelayTarget(address, lease.network(), files, limit, lease::ending) : null;
    }

    private static @Nullable URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static @Nullable RemoteFiles files(RuntimeLease lease, FileSharing sharing) {
        RemoteFiles files = sharing == FileSharing.SHARED ? null : lease.remoteFiles();
        return files != null && (sharing == FileSharing.REMOTE || !files.isShared()) ? files : null;
    }

    boolean isTls() {
        return address.getScheme().equalsIgnoreCase("wss");
    }

    int port() {
        return address.getPort() >= 0 ? address.getPort() : isTls() ? 443 : 80;
    }

    /** The host as sockets and certificates know it. */
    String host() {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
