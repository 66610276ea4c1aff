package ai.bctrl.runtime;

/**
 * Why a lease can no longer be used. Immutable.
 *
 * @param cause what happened
 * @param reason the same in words, for example {@code browser crashed: killed by SIGKILL}
 */
public record RuntimeEnding(Cause cause, String reason) {
    /** What ended a lease. */
    public enum Cause {
        /** The browser ended by itself. */
        CRASHED,
        /** The runtime was stopped by somebody. */
        STOPPED,
        /** The connection's time to live is over. */
        EXPIRED,
        /** The connection was revoked by somebody. */
        REVOKED,
        /** The control plane does not answer or does not know the runtime. */
        LOST
    }
}
