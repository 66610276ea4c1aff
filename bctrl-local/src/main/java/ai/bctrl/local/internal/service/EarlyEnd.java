package ai.bctrl.local.internal.service;

import ai.bctrl.model.RuntimeStatus;

/**
 * An end of a runtime that its user did not ask for. Immutable.
 *
 * @param cause a word for it, of which there are few, for what is counted
 * @param status stopped or failed
 * @param reason why, for people
 * @param forControllers what attached controllers read
 */
public record EarlyEnd(String cause, RuntimeStatus status, String reason, CloseReason forControllers) {

    /** A runtime that must not go on, although its browser works. */
    public static EarlyEnd stopped(String cause, int code, String reason) {
        return new EarlyEnd(cause, RuntimeStatus.STOPPED, reason, new CloseReason(code, reason));
    }

    /** A runtime whose browser is of no use any more. */
    public static EarlyEnd failed(String cause, String reason) {
        return new EarlyEnd(cause, RuntimeStatus.FAILED, reason, new CloseReason(1011, reason));
    }
}
