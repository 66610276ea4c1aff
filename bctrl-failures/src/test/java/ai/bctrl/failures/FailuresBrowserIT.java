package ai.bctrl.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Wherever and however a test fails: its bundle holds what can be had, says why the rest cannot, and names the culprit. */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class FailuresBrowserIT {
    /** Nothing of the suite downloads, and nobody adds artifacts. */
    private static final Set<EvidenceKind> NEVER = EnumSet.of(EvidenceKind.DOWNLOAD, EvidenceKind.ARTIFACT);

    private static final AtomicReference<@Nullable LocalBctrl> DOOMED = new AtomicReference<>();

    private final List<KeptBundle> bundles = new ArrayList<>();

    @BeforeAll
    void runTheSuite(@TempDir Path directory) throws IOException {
        Files.deleteIfExists(Path.of("target", "flaky-was-here"));
        run(directory, Suite.classes(), Map.of());
        bundles.addAll(KeptBundle.below(directory));
        for (KeptBundle bundle : bundles) {
            bundle.check();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachFailureIsExplained() {
        return Suite.expected().stream()
                .map(expected -> DynamicTest.dynamicTest(expected.toString(), () -> isExplained(expected)));
    }

    private void isExplained(Expected expected) {
        List<KeptBundle> own =
                bundles.stream().filter(bundle -> bundle.isOf(expected)).toList();
        assertThat(own).as("bundles of %s", expected).hasSize(expected.expect().failures());
        for (KeptBundle bundle : own) {
            assertThat(bundle.failure("origin"))
                    .as("%s", bundle.manifest())
                    .isEqualTo(expected.expect().origin().label());
            assertThat(bundle.failure("place")).isEqualTo(expected.expect().place());
            Set<EvidenceKind> without = EnumSet.copyOf(NEVER);
            without.addAll(List.of(expected.expect().without()));
            // A browser may die before its first picture, or its video take longer than there is time.
            assertThat(bundle.has(EvidenceKind.RECORDING)
                            || !bundle.reasons(EvidenceKind.RECORDING).isEmpty())
                    .as("a recording, or why there is none")
                    .isTrue();
            for (EvidenceKind kind : EnumSet.complementOf(EnumSet.of(EvidenceKind.RECORDING))) {
                assertThat(bundle.has(kind))
                        .as("%s, for there may be a reason: %s", kind, bundle.reasons(kind))
                        .isEqualTo(!without.contains(kind));
            }
        }
    }

    @Test
    void nothingFailsThatIsNotExpectedTo() {
        assertThat(bundles)
                .hasSize(Suite.expected().stream()
                        .mapToInt(expected -> expected.expect().failures())
                        .sum());
        assertThat(bundles).extracting(KeptBundle::directory).doesNotHaveDuplicates();
    }

    @Test
    void aControlPlaneThatNobodyRunsIsNamed(@TempDir Path directory) throws IOException {
        run(
                directory,
                List.of(LostControlPlaneCases.class),
                Map.of(
                        "bctrl.baseUrl",
                        "http://127.0.0.1:1",
                        "bctrl.apiKey",
                        "bctrl_nobody",
                        "bctrl.acquireTimeoutSeconds",
                        "2"));
        assertThat(KeptBundle.below(directory)).singleElement().satisfies(bundle -> {
            bundle.check();
            assertThat(bundle.failure("origin")).isEqualTo("control-plane");
            assertThat(bundle.reasons(EvidenceKind.SCREENSHOT)).containsExactly("there was no browser");
        });
    }

    @Test
    void aControlPlaneThatGoesAwayIsNamed(@TempDir Path directory) throws IOException {
        try (LocalBctrl doomed =
                LocalBctrl.start(LocalOptions.builder().port(0).noSandbox(true).build())) {
            DOOMED.set(doomed);
            run(
                    directory,
                    List.of(LostControlPlaneCases.class),
                    Map.of("bctrl.baseUrl", doomed.baseUrl(), "bctrl.apiKey", doomed.apiKey()));
        }
        assertThat(KeptBundle.below(directory)).singleElement().satisfies(bundle -> {
            bundle.check();
            assertThat(bundle.failure("origin")).isEqualTo("control-plane");
            assertThat(bundle.failure("lastAction")).isEqualTo("set content");
            assertThat(bundle.has(EvidenceKind.ACTIONS)).isTrue();
            assertThat(bundle.reasons(EvidenceKind.EVENTS)).isNotEmpty();
        });
    }

    @BctrlBrowser
    static class LostControlPlaneCases {
        @Test
        void fails(Page page) {
            page.setContent("<h1>Here</h1>");
            LocalBctrl doomed = DOOMED.get();
            if (doomed != null) {
                doomed.close();
            }
            page.locator("h1").textContent();
        }
    }

    private static void run(Path directory, Collection<Class<?>> classes, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>(more);
        parameters.put("bctrl.evidenceDirectory", directory.toString());
        parameters.put("bctrl.local.no-sandbox", "true");
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(classes.stream()
                                    .map(type -> selectClass(type))
                                    .toArray(ClassSelector[]::new))
                            .configurationParameters(parameters)
                            .build());
        }
    }
}
