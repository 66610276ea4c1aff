package ai.bctrl.junit;

import ai.bctrl.error.BctrlConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be set from outside. Each setting has a key; its value is looked for, from the strongest to the weakest place,
 * in the system property of that name ({@code bctrl.baseUrl}), in the environment variable ({@code BCTRL_BASE_URL}) and in
 * JUnit's configuration parameters ({@code junit-platform.properties}). All of them are stronger than the annotation.
 * Immutable.
 *
 * @param apiKey {@code bctrl.apiKey}: key of the service to use. With neither key nor URL an embedded control plane is
 *     started
 * @param baseUrl {@code bctrl.baseUrl} (environment also {@code BCTRL_API_BASE_URL}): address of the service; the hosted
 *     one if only a key is given
 * @param space {@code bctrl.space}: id of the space to work in; the key's default space if absent
 * @param scope {@code bctrl.scope}: {@code TEST} or {@code CLASS}, for all annotations on classes
 * @param locale {@code bctrl.locale}: language and region of the browsers, for example {@code de-DE}
 * @param profile {@code bctrl.profile}: name of the browser profile to launch from
 * @param acquireTimeout {@code bctrl.acquireTimeoutSeconds}: how long getting a browser may take; 60 s by default
 * @param connectTimeout {@code bctrl.connectTimeoutSeconds}: how long connecting to it may take; 30 s by default
 * @param evidence {@code bctrl.evidence}: {@code ON_FAILURE} (default) or {@code OFF}
 * @param evidenceDirectory {@code bctrl.evidenceDirectory}: where evidence is kept; {@code target/bctrl} of a Maven project
 *     and {@code build/bctrl} of a Gradle project by default
 * @param trace {@code bctrl.trace}: {@code ON} (default) or {@code OFF}. A test that starts Playwright's tracing itself
 *     needs {@code OFF}
 * @param progress {@code bctrl.progress}: {@code true} prints a line for each test; {@code false} by default
 * @param local {@code bctrl.local.*}: settings of the embedded control plane by their names without prefix, for example
 *     {@code bctrl.local.chromium}
 */
public record BctrlSettings(
        @Nullable String apiKey,
        @Nullable String baseUrl,
        @Nullable String space,
        @Nullable BrowserScope scope,
        @Nullable String locale,
        @Nullable String profile,
        Duration acquireTimeout,
        Duration connectTimeout,
        EvidenceMode evidence,
        Path evidenceDirectory,
        boolean trace,
        boolean progress,
        Map<String, String> local) {
    /** Copies the map. */
    public BctrlSettings {
        local = Map.copyOf(local);
    }

    /**
     * Reads the settings.
     *
     * @throws BctrlConfigurationException if a value does not fit; the message names the key, the value and what is allowed
     */
    static BctrlSettings read(SettingsSource source) {
        return new BctrlSettings(
                source.text("bctrl.apiKey"),
                source.text("bctrl.baseUrl", "BCTRL_API_BASE_URL"),
                source.text("bctrl.space"),
                source.choice("bctrl.scope", BrowserScope.class),
                source.text("bctrl.locale"),
                source.text("bctrl.profile"),
                source.seconds("bctrl.acquireTimeoutSeconds", 60),
                source.seconds("bctrl.connectTimeoutSeconds", 30),
                source.choice("bctrl.evidence", EvidenceMode.class, EvidenceMode.ON_FAILURE),
                source.path("bctrl.evidenceDirectory", BuildDirectory::evidence),
                source.flag("bctrl.trace", "ON", "OFF", true),
                source.flag("bctrl.progress", "true", "false", false),
                source.all("bctrl.local."));
    }

    /** {@return whether a running service is used, rather than an embedded control plane} */
    boolean usesService() {
        return apiKey != null || baseUrl != null;
    }

    /** Shows everything but the key. */
    @Override
    public String toString() {
        return "BctrlSettings[apiKey=" + (apiKey == null ? "none" : "(hidden)") + ", baseUrl=" + baseUrl + ", space="
                + space + ", scope=" + scope + ", locale=" + locale + ", profile=" + profile + ", acquireTimeout="
                + acquireTimeout.toSeconds() + " s, connectTimeout=" + connectTimeout.toSeconds() + " s, evidence="
                + evidence + ", evidenceDirectory=" + evidenceDirectory + ", trace=" + trace + ", progress=" + progress
                + ", local=" + local.keySet() + "]";
    }
}
