package ai.bctrl.runtime;

import ai.bctrl.error.BctrlException;

/** Hands out browsers. Thread-safe. */
public interface RuntimeProvider extends AutoCloseable {
    /**
     * Provides a browser. When a step of it fails, what the steps before it made is taken back.
     *
     * @return the lease, to be closed by the caller
     * @throws BctrlException if no browser can be had; the message says why
     */
    RuntimeLease acquire(RuntimeSpec spec);

    /** Gives back what the provider itself holds. Leases are not touched: their holders close them. */
    @Override
    default void close() {}
}
