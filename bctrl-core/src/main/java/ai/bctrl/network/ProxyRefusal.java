package ai.bctrl.network;

import java.io.IOException;

/** A proxy answered that it will not, or does not speak its language. The message names the proxy, never its password. */
final class ProxyRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyRefusal(String message) {
        super(message);
    }
}
