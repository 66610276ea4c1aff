package ai.bctrl.local.internal.service;

import ai.bctrl.model.RuntimeStatus;

/**
 * An end of a runtime that its user did not ask for. Immutable.
 *
 * @param status stopped or failed
 * @param reason why, for people
 * @param forControllers what attached controllers read
 */
public record EarlyEnd(RuntimeStatus status, String reason, CloseReason forControllers) {

    /** A runtime that must not go on, although its browser works. */
    public static EarlyEnd stopped(int code, String reason) {
        return new EarlyEnd(RuntimeStatus.STOPPED, reason, new CloseReason(code, reason));
    }

    /** A runtime whose browser is of no use any more. */
    public static EarlyEnd failed(String reason) {
        return new EarlyEnd(RuntimeStatus.FAILED, reason, new CloseReason(1011, reason));
    }
}
