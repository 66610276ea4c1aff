package ai.bctrl.local.internal.service;

import org.jspecify.annotations.Nullable;

/** Decides which controllers are listened to. Thread-safe; does not block. */
@FunctionalInterface
public interface ControllerTaps {

    /** Listens to nobody. */
    ControllerTaps NONE = (connectionId, browser) -> null;

    /** {@return the tap of one socket of a controller; null to have none} */
    @Nullable
    ControllerTap open(String connectionId, LiveBrowser browser);
}
