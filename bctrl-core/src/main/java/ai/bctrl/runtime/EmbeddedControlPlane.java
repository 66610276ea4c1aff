package ai.bctrl.runtime;

import ai.bctrl.error.BctrlException;
import java.util.Map;

/**
 * A control plane that can run inside this JVM, found through {@link java.util.ServiceLoader}. Implementations are
 * thread-safe.
 */
public interface EmbeddedControlPlane {
    /**
     * Starts a control plane on a free loopback port with a key of its own.
     *
     * @param settings settings of the control plane by their names without prefix, for example {@code chromium}; unknown
     *     ones are refused
     * @return the running control plane, to be closed by the caller
     * @throws BctrlException if it cannot start; the message says why
     */
    Running start(Map<String, String> settings);

    /** A control plane that serves. Thread-safe. Closing it stops its browsers. */
    interface Running extends AutoCloseable {
        /** {@return the address of its API, without {@code /v1}} */
        String baseUrl();

        /** {@return its API key} */
        String apiKey();

        @Override
        void close();
    }
}
