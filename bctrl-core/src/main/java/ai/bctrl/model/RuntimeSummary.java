package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Live state of a browser runtime.
 *
 * <p>Schema {@code RuntimeSummary}. Immutable.
 *
 * @param browserRunning whether the browser runs
 * @param currentDriver who drives it
 * @param defaultContextId id of the default browser context
 * @param defaultPageId id of the default page
 * @param storageSpace storage namespace
 * @param extra what was on the wire and has no component here
 */
public record RuntimeSummary(
        @Nullable Boolean browserRunning,
        @Nullable String currentDriver,
        @Nullable String defaultContextId,
        @Nullable String defaultPageId,
        @Nullable String storageSpace,
        JsonObject extra) {
    /** Everything on the wire has a component. */
    public RuntimeSummary(
            @Nullable Boolean browserRunning,
            @Nullable String currentDriver,
            @Nullable String defaultContextId,
            @Nullable String defaultPageId,
            @Nullable String storageSpace) {
        this(browserRunning, currentDriver, defaultContextId, defaultPageId, storageSpace, new JsonObject());
    }
}
