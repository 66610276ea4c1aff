package ai.bctrl.junit;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.EvidenceMode;
import ai.bctrl.junit.evidence.TraceLevel;
import ai.bctrl.network.Network;
import ai.bctrl.playwright.FileSharing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
 * @param isolation {@code bctrl.isolation}: {@code process}, a browser process for each, or {@code context}, a browser context
 *     of a shared process; browsers with a profile or extensions have a process of their own anyway
 * @param acquireTimeout {@code bctrl.acquireTimeoutSeconds}: how long getting a browser may take, apart from waiting in line for
 *     one; 60 s by default
 * @param queueTimeout {@code bctrl.queueTimeoutSeconds}: how long to wait in line where the service has no place for one more
 *     browser; 300 s by default
 * @param connectTimeout {@code bctrl.connectTimeoutSeconds}: how long connecting to it may take; 30 s by default
 * @param files {@code bctrl.files}: whether the browsers see the files of this machine: {@code auto} (default: found out),
 *     {@code shared} or {@code remote}
 * @param connection how the service and its browsers are reached
 * @param onInfrastructureFailure {@code bctrl.onInfrastructureFailure}: {@code fail} (default), {@code abort} or {@code
 *     retry-once}
 * @param pool {@code bctrl.pool}: how many browsers are made ready ahead of the tests that the test plan tells of, from JUnit 5.13
 *     on: {@code auto} (default; one for each test that runs at a time, but no more than there are processors), {@code off}, or
 *     a number up to 32; null for {@code auto}, 0 for {@code off}
 * @param evidence what is kept of a test, and where
 * @param live how people watch a test and take its browser over
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
        @Nullable BrowserIsolation isolation,
        Duration acquireTimeout,
        Duration queueTimeout,
        Duration connectTimeout,
        FileSharing files,
        Connection connection,
        InfrastructureFailure onInfrastructureFailure,
        @Nullable Integer pool,
        Evidence evidence,
        Live live,
        boolean progress,
        Map<String, String> local) {
    /**
     * The settings of evidence. Immutable.
     *
     * @param mode {@code bctrl.evidence}: when everything is kept that no other setting names: {@code ON_FAILURE} (default),
     *     {@code ALWAYS} or {@code OFF}; null if not set
     * @param kinds {@code bctrl.evidence.<kind>}: when one kind is kept, for example {@code bctrl.evidence.mhtml=OFF}
     * @param directory {@code bctrl.evidenceDirectory}: where evidence is kept; {@code target/bctrl} of a Maven project and
     *     {@code build/bctrl} of a Gradle project by default
     * @param run {@code bctrl.run}: name of the run and of its directory; made up by default, the same for all JVMs of a build
     * @param keepRuns {@code bctrl.keepRuns}: how many runs are kept in the directory; 20 by default
     * @param keepFor {@code bctrl.keepDays}: how long they are kept; 30 days by default
     * @param limit {@code bctrl.evidenceTimeoutSeconds}: how long collecting may take for one test; 15 s by default
     * @param trace {@code bctrl.trace}: how much Playwright's tracing records: {@code ACTIONS} (default), {@code SNAPSHOTS},
     *     {@code PICTURES} or {@code OFF}; null if not set. A test that uses tracing itself needs {@code OFF}
     * @param secretNames {@code bctrl.redactNames}: further names, with commas between them, of headers, cookies, fields,
     *     parameters, members and storage keys whose values are hidden
     * @param secretPattern {@code bctrl.redactPattern}: a regular expression of further texts to hide, or null
     * @param secretSelector {@code bctrl.redactSelector}: CSS selector of further elements to mask in pictures, or null
     * @param attachments {@code bctrl.attachments}: whether {@code [[ATTACHMENT|file]]} lines are printed: {@code auto}
     *     (default: under CI), {@code true} or {@code false}
     */
    public record Evidence(
            @Nullable EvidenceMode mode,
            Map<EvidenceKind, EvidenceMode> kinds,
            Path directory,
            @Nullable String run,
            int keepRuns,
            Duration keepFor,
            Duration limit,
            @Nullable TraceLevel trace,
            List<String> secretNames,
            @Nullable Pattern secretPattern,
            @Nullable String secretSelector,
            Switch attachments) {
        /** Copies the collections. */
        public Evidence {
            kinds = Map.copyOf(kinds);
            secretNames = List.copyOf(secretNames);
        }

        /** {@return whether nothing at all is kept} */
        boolean isOff() {
            return mode == EvidenceMode.OFF && kinds.values().stream().allMatch(kind -> kind == EvidenceMode.OFF);
        }

        private static Evidence read(SettingsSource source) {
            Map<EvidenceKind, EvidenceMode> kinds = new EnumMap<>(EvidenceKind.class);
            for (EvidenceKind kind : EvidenceKind.values()) {
                EvidenceMode mode = source.choice("bctrl.evidence." + kind.label(), EvidenceMode.class);
                if (mode != null) {
                    kinds.put(kind, mode);
                }
            }
            return new Evidence(
                    source.choice("bctrl.evidence", EvidenceMode.class),
                    kinds,
                    source.path("bctrl.evidenceDirectory", BuildDirectory::evidence),
                    source.text("bctrl.run"),
                    source.number("bctrl.keepRuns", 20, 1, 100_000),
                    Duration.ofDays(source.number("bctrl.keepDays", 30, 1, 36_500)),
                    source.seconds("bctrl.evidenceTimeoutSeconds", 15),
                    source.choice("bctrl.trace", TraceLevel.class),
                    source.list("bctrl.redactNames"),
                    source.pattern("bctrl.redactPattern"),
                    source.text("bctrl.redactSelector"),
                    source.choice("bctrl.attachments", Switch.class, Switch.AUTO));
        }
    }

    /** Whether something is done that is mostly wanted in certain surroundings only. */
    public enum Switch {
        /** Where it makes sense; the setting says where. */
        AUTO,
        /** Always. */
        TRUE,
        /** Never. */
        FALSE
    }

    /**
     * The settings of watching a test, and of taking its browser over. Immutable.
     *
     * @param link {@code bctrl.live}: whether a link to the live view of each browser is printed and reported: {@code auto}
     *     (default: where the JVM was started for a debugger), {@code true} or {@code false}
     * @param holdOnFailure {@code bctrl.holdOnFailure}: how long the browser of a failed test is held for people to take over,
     *     for example {@code 10m}; null, the default, for not at all
     * @param holdUnderCi {@code bctrl.holdUnderCi}: {@code true} holds it also where {@code CI} is set in the environment;
     *     {@code false} by default
     */
    public record Live(Switch link, @Nullable Duration holdOnFailure, boolean holdUnderCi) {
        private static Live read(SettingsSource source) {
            return new Live(
                    source.choice("bctrl.live", Switch.class, Switch.AUTO),
                    source.duration("bctrl.holdOnFailure"),
                    source.flag("bctrl.holdUnderCi", "true", "false", false));
        }
    }

    /**
     * How the service and its browsers are reached; of no meaning for the embedded control plane. Immutable.
     *
     * @param network {@code bctrl.proxy}: {@code http://user:password@host:port} or {@code socks5://host:port}, or {@code none};
     *     by default as the JVM ({@code https.proxyHost} ...) or the environment ({@code HTTPS_PROXY} ...) says; {@code
     *     bctrl.noProxy}: hosts that are reached without it, with commas between them; {@code bctrl.trustStore} and {@code
     *     bctrl.trustStorePassword}: a PEM, PKCS12 or JKS file with whose certificates to trust, instead of whom the JVM
     *     trusts; {@code bctrl.keyStore} and {@code bctrl.keyStorePassword}: such a file with the key and certificate to show
     * @param silenceLimit {@code bctrl.silenceSeconds}: after how long a silent connection to a browser is doubted, 0 for
     *     never; null, the default, for 2 s where the browser is on another machine
     */
    public record Connection(Network network, @Nullable Duration silenceLimit) {
        private static Connection read(SettingsSource source) {
            Network.Builder network = Network.builder();
            String proxy = source.text("bctrl.proxy");
            if (proxy != null) {
                network.proxy(proxy);
            }
            String noProxy = source.text("bctrl.noProxy");
            if (noProxy != null) {
                network.noProxy(noProxy);
            }
            Path trustStore = source.file("bctrl.trustStore");
            if (trustStore != null) {
                network.trustStore(trustStore, source.text("bctrl.trustStorePassword"));
            }
            Path keyStore = source.file("bctrl.keyStore");
            if (keyStore != null) {
                network.keyStore(keyStore, source.text("bctrl.keyStorePassword"));
            }
            return new Connection(
                    network.build(),
                    source.text("bctrl.silenceSeconds") == null
                            ? null
                            : Duration.ofSeconds(source.number("bctrl.silenceSeconds", 2, 0, 600)));
        }
    }

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
                source.choice("bctrl.isolation", BrowserIsolation.class),
                source.seconds("bctrl.acquireTimeoutSeconds", 60),
                source.seconds("bctrl.queueTimeoutSeconds", 300),
                source.seconds("bctrl.connectTimeoutSeconds", 30),
                source.choice("bctrl.files", FileSharing.class, FileSharing.AUTO),
                Connection.read(source),
                source.choice("bctrl.onInfrastructureFailure", InfrastructureFailure.class, InfrastructureFailure.FAIL),
                pool(source),
                Evidence.read(source),
                Live.read(source),
                source.flag("bctrl.progress", "true", "false", false),
                source.all("bctrl.local."));
    }

    private static @Nullable Integer pool(SettingsSource source) {
        String value = source.text("bctrl.pool");
        if (value == null || value.equalsIgnoreCase("auto")) {
            return null;
        }
        return value.equalsIgnoreCase("off") ? 0 : source.number("bctrl.pool", "off, auto or a whole number", 0, 0, 32);
    }

    /** {@return the settings that shape what a test finds, for its manifest; no secrets} */
    Map<String, String> inForce() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("bctrl.baseUrl", usesService() ? String.valueOf(baseUrl) : "embedded");
        all.put("bctrl.space", String.valueOf(space));
        all.put("bctrl.scope", String.valueOf(scope));
        all.put("bctrl.locale", String.valueOf(locale));
        all.put("bctrl.profile", String.valueOf(profile));
        all.put("bctrl.isolation", String.valueOf(isolation));
        all.put("bctrl.acquireTimeoutSeconds", String.valueOf(acquireTimeout.toSeconds()));
        all.put("bctrl.queueTimeoutSeconds", String.valueOf(queueTimeout.toSeconds()));
        all.put("bctrl.connectTimeoutSeconds", String.valueOf(connectTimeout.toSeconds()));
        all.put("bctrl.onInfrastructureFailure", String.valueOf(onInfrastructureFailure));
        all.put("bctrl.pool", pool == null ? "auto" : pool == 0 ? "off" : String.valueOf(pool));
        all.put("bctrl.evidence", String.valueOf(evidence.mode()));
        evidence.kinds().forEach((kind, mode) -> all.put("bctrl.evidence." + kind.label(), mode.name()));
        all.put("bctrl.trace", String.valueOf(evidence.trace()));
        all.values().removeIf("null"::equals);
        return all;
    }

    /** {@return whether a running service is used, rather than an embedded control plane} */
    boolean usesService() {
        return apiKey != null || baseUrl != null;
    }

    /** Shows everything but the key. */
    @Override
    public String toString() {
        return "BctrlSettings[apiKey=" + (apiKey == null ? "none" : "(hidden)") + ", baseUrl=" + baseUrl + ", space="
                + space + ", scope=" + scope + ", locale=" + locale + ", profile=" + profile + ", isolation="
                + isolation
                + ", acquireTimeout="
                + acquireTimeout.toSeconds() + " s, connectTimeout=" + connectTimeout.toSeconds() + " s, connection="
                + connection + ", evidence="
                + evidence + ", live=" + live + ", onInfrastructureFailure=" + onInfrastructureFailure + ", progress="
                + progress
                + ", local=" + local.keySet() + "]";
    }
}
