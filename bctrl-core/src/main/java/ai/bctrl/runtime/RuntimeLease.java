package ai.bctrl.runtime;

import ai.bctrl.error.BctrlException;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * A browser in the hands of one caller: a runtime, a connection to it and the run that records it.
 *
 * <pre>{@code
 * try (RuntimeLease lease = provider.acquire(RuntimeSpec.defaults())) {
 *     connectOverCDP(lease.cdpUrl());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Whoever acquired it closes it; until then the browser runs, at most for as long as the service allows.
 */
public interface RuntimeLease extends AutoCloseable {
    /** {@return the id of the runtime} */
    String runtimeId();

    /** {@return the id of the run, or null if the provider keeps no record} */
    @Nullable
    String runId();

    /** {@return the CDP address, which carries its own credential: keep it out of logs and files} */
    String cdpUrl();

    /** {@return how long each step of acquiring took} */
    PhaseTimes phases();

    /**
     * Asks why the browser can no longer be used. Makes requests with a deadline of a few seconds.
     *
     * @return the ending, or null as far as the provider knows of none
     */
    @Nullable
    RuntimeEnding ending();

    /**
     * Asks for a link on which people can watch the browser, and steer it where the request says so.
     *
     * @throws BctrlException if the provider has none, or the run is over
     */
    LiveView liveView(CreateLiveViewRequest request);

    /**
     * Asks for a link on which people can watch the browser for an hour.
     *
     * @throws BctrlException if the provider has none, or the run is over
     */
    default LiveView liveView() {
        return liveView(CreateLiveViewRequest.builder().build());
    }

    /**
     * Tells the run of something that its user does, such as a step of a test. Returns at once; a provider whose service keeps
     * no such notes does nothing.
     */
    default void tell(NewRunEvent note) {}

    /**
     * {@return the files on the machine of the browser; null where the provider has no way to them}
     *
     * <p>By default null.
     */
    default @Nullable RemoteFiles remoteFiles() {
        return null;
    }

    /**
     * {@return how the connection to the browser is made: through which proxy, with which certificates}
     *
     * <p>By default as the JVM and the environment say.
     */
    default Network network() {
        return Network.system();
    }

    /**
     * Gives the browser back. Does nothing once that has succeeded.
     *
     * @throws BctrlException if the service did not confirm that the browser is stopped
     */
    @Override
    void close();
}
