package ai.bctrl.playwright;

import ai.bctrl.local.LocalOptions;
import ai.bctrl.model.Isolation;
import java.util.Locale;

/** Options of the control planes of these tests: {@code -Dbctrl.isolation=context} runs them on shared browsers. */
final class PlaneOptions {
    private static final String ISOLATION = System.getProperty("bctrl.isolation", "process");

    private PlaneOptions() {}

    static LocalOptions.Builder builder() {
        return LocalOptions.builder().isolation(Isolation.valueOf(ISOLATION.toUpperCase(Locale.ROOT)));
    }

    static LocalOptions defaults() {
        return builder().build();
    }
}
