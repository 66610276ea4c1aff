package ai.bctrl.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlConfigurationException;
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
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.evidence()).isEqualTo(EvidenceMode.ON_FAILURE);
        assertThat(settings.evidenceDirectory()).isAbsolute().endsWithRaw(Path.of("target", "bctrl"));
        assertThat(settings.trace()).isTrue();
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
        "bctrl.evidence, ALWAYS, it must be ON_FAILURE or OFF",
        "bctrl.trace, yes, it must be ON or OFF",
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
