package ai.bctrl.playwright;

import ai.bctrl.BrowserRemains;
import ai.bctrl.local.LocalOptions;

/**
 * Options of the control planes of these tests: {@code -Dbctrl.isolation=context}, or {@code BCTRL_ISOLATION}, runs them on shared
 * browsers.
 */
final class PlaneOptions {
    private PlaneOptions() {}

    static LocalOptions.Builder builder() {
        return LocalOptions.builder().isolation(BrowserRemains.isolation());
    }

    static LocalOptions defaults() {
        return builder().build();
    }
}
