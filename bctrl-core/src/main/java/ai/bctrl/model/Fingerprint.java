package ai.bctrl.model;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Identity that the browser shows.
 *
 * <p>Schema {@code Fingerprint}. Immutable.
 *
 * @param browser brand
 * @param locale language and region
 * @param extra what was on the wire and has no component here
 */
public record Fingerprint(
        @Nullable FingerprintBrowser browser, @Nullable FingerprintLocale locale, JsonObject extra) {
    /** Everything on the wire has a component. */
    public Fingerprint(@Nullable FingerprintBrowser browser, @Nullable FingerprintLocale locale) {
        this(browser, locale, new JsonObject());
    }
}
