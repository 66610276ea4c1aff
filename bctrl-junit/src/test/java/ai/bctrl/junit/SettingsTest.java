package ai.bctrl.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.EvidenceMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void hasDefaultsForEverything() {
        BctrlSettings settings = read(NONE, NONE, NONE);
        assertThat(settings.usesService()).isFalse();
        assertThat(settings.scope()).isNull();
        assertThat(settings.acquireTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.queueTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.evidence().mode()).isNull();
        assertThat(settings.evidence().kinds()).isEmpty();
        assertThat(settings.evidence().keepRuns()).isEqualTo(20);
        assertThat(settings.evidence().keepFor()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.evidence().limit()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.evidence().attachments()).isEqualTo(BctrlSettings.Switch.AUTO);
        assertThat(settings.onInfrastructureFailure()).isEqualTo(InfrastructureFailure.FAIL);
        assertThat(settings.evidence().directory()).isAbsolute().endsWithRaw(Path.of("target", "bctrl"));
        assertThat(settings.evidence().trace()).isNull();
        assertThat(settings.progress()).isFalse();
        assertThat(settings.local()).isEmpty();
    }

    @Test
    void systemPropertiesBeatTheEnvironmentWhichBeatsConfigurationParameters() {
        Map<String, String> parameters = Map.of("bctrl.space", "c", "bctrl.locale", "c", "bctrl.profile", "c");
        Map<String, String> environment = Map.of("BCTRL_SPACE", "b", "BCTRL_LOCALE", "b");
        Map<String, String> properties = Map.of("bctrl.space", "a");
        BctrlSettings settings = read(properties, environment, parameters);
        assertThat(settings.space()).isEqualTo("a");
        assertThat(settings.locale()).isEqualTo("b");
        assertThat(settings.profile()).isEqualTo("c");
    }

    @Test
    void takesNoBlankValue() {
        BctrlSettings settings =
                read(Map.of("bctrl.space", " "), Map.of("BCTRL_SPACE", ""), Map.of("bctrl.space", " c "));
        assertThat(settings.space()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({
        "bctrl.apiKey, BCTRL_API_KEY",
        "bctrl.baseUrl, BCTRL_BASE_URL",
        "bctrl.space, BCTRL_SPACE",
        "bctrl.acquireTimeoutSeconds, BCTRL_ACQUIRE_TIMEOUT_SECONDS",
        "bctrl.local.no-sandbox, BCTRL_LOCAL_NO_SANDBOX"
    })
    void namesTheEnvironmentVariableOfAKey(String key, String variable) {
        assertThat(SettingsSource.variable(key)).isEqualTo(variable);
    }

    @Test
    void knowsTheOtherNameOfTheBaseUrl() {
        assertThat(read(NONE, Map.of("BCTRL_API_BASE_URL", "http://other"), NONE)
                        .baseUrl())
                .isEqualTo("http://other");
        assertThat(read(NONE, Map.of("BCTRL_API_BASE_URL", "http://other", "BCTRL_BASE_URL", "http://one"), NONE)
                        .baseUrl())
                .isEqualTo("http://one");
    }

    @Test
    void passesOnWhatIsForTheEmbeddedControlPlane() {
        BctrlSettings settings = read(
                Map.of("bctrl.local.chromium", "/a"),
                Map.of("BCTRL_LOCAL_CHROMIUM", "/b", "BCTRL_LOCAL_NO_SANDBOX", "true", "BCTRL_LOCALE", "de-DE"),
                Map.of("bctrl.local.data", "/c", "bctrl.locale", "x"));
        assertThat(settings.local())
                .containsOnly(Map.entry("chromium", "/a"), Map.entry("no-sandbox", "true"), Map.entry("data", "/c"));
    }

    @ParameterizedTest
    @CsvSource({
        "bctrl.scope, RUN, it must be TEST or CLASS",
        "bctrl.evidence, sometimes, it must be OFF or ON_FAILURE or ALWAYS",
        "bctrl.evidence.mhtml, yes, it must be OFF or ON_FAILURE or ALWAYS",
        "bctrl.trace, yes, it must be OFF or ACTIONS or SNAPSHOTS or PICTURES",
        "bctrl.onInfrastructureFailure, retry, it must be FAIL or ABORT or RETRY_ONCE",
        "bctrl.attachments, yes, it must be AUTO or TRUE or FALSE",
        "bctrl.keepRuns, 0, it must be a whole number from 1 to 100000",
        "bctrl.redactPattern, '[', 'it must be a regular expression: Unclosed character class'",
        "bctrl.silenceSeconds, -1, it must be a whole number from 0 to 600",
        "bctrl.progress, on, it must be true or false",
        "bctrl.acquireTimeoutSeconds, 0, it must be a whole number of seconds from 1 to 3600",
        "bctrl.connectTimeoutSeconds, 1m, it must be a whole number of seconds from 1 to 3600"
    })
    void namesKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(key, value), NONE, NONE))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessage(key + " (environment " + SettingsSource.variable(key) + ") is '" + value + "'; " + allowed);
    }

    @Test
    void readsEvidenceSettings() {
        BctrlSettings.Evidence evidence = read(
                        Map.of(
                                "bctrl.evidence", "always",
                                "bctrl.evidence.trace", "OFF",
                                "bctrl.redactNames", "tenant, customer-id,",
                                "bctrl.onInfrastructureFailure", "retry-once"),
                        NONE,
                        NONE)
                .evidence();
        assertThat(evidence.mode()).isEqualTo(EvidenceMode.ALWAYS);
        assertThat(evidence.kinds()).containsOnly(Map.entry(EvidenceKind.TRACE, EvidenceMode.OFF));
        assertThat(evidence.secretNames()).containsExactly("tenant", "customer-id");
        assertThat(read(Map.of("bctrl.onInfrastructureFailure", "retry-once"), NONE, NONE)
                        .onInfrastructureFailure())
                .isEqualTo(InfrastructureFailure.RETRY_ONCE);
    }

    @Test
    void readsHowTheServiceIsReached() {
        BctrlSettings settings = read(
                Map.of("bctrl.proxy", "socks5://me:hushhush@proxy.test:1080", "bctrl.silenceSeconds", "0"),
                Map.of("BCTRL_NO_PROXY", ".corp.test"),
                NONE);
        assertThat(settings.connection().silenceLimit()).isZero();
        assertThat(settings.connection().network().proxyFor("far.test", true))
                .hasToString("socks5://me@proxy.test:1080");
        assertThat(settings.connection().network().proxyFor("a.corp.test", true))
                .isNull();
        assertThat(settings.toString()).contains("me@proxy.test").doesNotContain("hushhush");
        assertThat(read(NONE, NONE, NONE).connection().silenceLimit()).isNull();
        assertThatThrownBy(() -> read(Map.of("bctrl.trustStore", "/nowhere.pem"), NONE, NONE))
                .isInstanceOf(BctrlConfigurationException.class)
                .hasMessage("the trust store /nowhere.pem does not exist or cannot be read");
    }

    @Test
    void hidesTheKey() {
        assertThat(read(Map.of("bctrl.apiKey", "bctrl_secret"), NONE, NONE))
                .hasToString(read(Map.of("bctrl.apiKey", "another"), NONE, NONE).toString())
                .asString()
                .contains("(hidden)");
    }

    @Test
    void keepsEvidenceWhereTheBuildKeepsItsOutput(@TempDir Path project) throws IOException {
        assertThat(BuildDirectory.evidenceIn(project)).isEqualTo(project.resolve("bctrl-evidence"));
        Files.createFile(project.resolve("build.gradle.kts"));
        assertThat(BuildDirectory.evidenceIn(project)).isEqualTo(project.resolve("build/bctrl"));
        Files.createFile(project.resolve("pom.xml"));
        assertThat(BuildDirectory.evidenceIn(project)).isEqualTo(project.resolve("target/bctrl"));
    }

    private static BctrlSettings read(
            Map<String, String> properties, Map<String, String> environment, Map<String, String> parameters) {
        return BctrlSettings.read(new SettingsSource(properties, environment, parameters::get, parameters.keySet()));
    }
}
