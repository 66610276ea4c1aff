package ai.bctrl.junit.internal.evidence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.BctrlBrowser;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.EvidenceMode;
import ai.bctrl.junit.evidence.Keep;
import ai.bctrl.junit.evidence.TraceLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidencePlanTest {
    private static final EvidenceKind[] ALL = EvidenceKind.values();

    @Test
    void keepsEverythingOfFailingTestsOnly() {
        EvidencePlan plan = plan(Plain.class, null, Map.of());
        assertThat(plan.kept(true)).containsExactly(ALL);
        assertThat(plan.kept(false)).isEmpty();
        assertThat(plan.recordsTrace()).isTrue();
        assertThat(plan.recordsNetwork()).isTrue();
    }

    @Test
    void aLaterElementOfTheAnnotationBeatsAnEarlierOne() {
        EvidencePlan plan = plan(Picky.class, null, Map.of());
        assertThat(plan.kept(true)).contains(EvidenceKind.DOM).doesNotContain(EvidenceKind.MHTML);
        assertThat(plan.kept(false)).contains(EvidenceKind.DOM).doesNotContain(EvidenceKind.MHTML, EvidenceKind.ARIA);
        assertThat(plan.kept(true)).contains(EvidenceKind.ARIA);
    }

    @Test
    void aSettingForAllKindsBeatsTheAnnotation() {
        EvidencePlan plan = plan(Picky.class, EvidenceMode.ON_FAILURE, Map.of());
        assertThat(plan.kept(true)).containsExactly(ALL);
        assertThat(plan.kept(false)).isEmpty();
    }

    @Test
    void aSettingForOneKindBeatsAllElse() {
        EvidencePlan plan = plan(Picky.class, EvidenceMode.OFF, Map.of(EvidenceKind.MHTML, EvidenceMode.ALWAYS));
        assertThat(plan.kept(true)).containsExactly(EvidenceKind.MHTML);
        assertThat(plan.kept(false)).containsExactly(EvidenceKind.MHTML);
        assertThat(plan.recordsTrace()).isFalse();
        assertThat(plan.recordsNetwork()).isFalse();
    }

    @Test
    void recordsATraceForWhateverComesFromIt() {
        for (EvidenceKind kind : ALL) {
            EvidencePlan plan = plan(Plain.class, EvidenceMode.OFF, Map.of(kind, EvidenceMode.ON_FAILURE));
            assertThat(plan.recordsTrace())
                    .as(kind.label())
                    .isEqualTo(List.of(EvidenceKind.TRACE, EvidenceKind.ACTIONS, EvidenceKind.CONSOLE)
                            .contains(kind));
            assertThat(plan.recordsNetwork()).as(kind.label()).isEqualTo(kind == EvidenceKind.NETWORK);
        }
    }

    @Test
    void aRerunIsRecordedInFullAndKept() {
        EvidencePlan rerun = plan(Plain.class, null, Map.of(EvidenceKind.MHTML, EvidenceMode.OFF))
                .ofRerun();
        assertThat(rerun.trace()).isEqualTo(TraceLevel.PICTURES);
        assertThat(rerun.kept(false)).hasSize(ALL.length - 1).doesNotContain(EvidenceKind.MHTML);
    }

    @Test
    void aRerunLeavesTracingAloneWhereItIsOff() {
        EvidencePlan plan = EvidencePlan.of(List.of(), null, Map.of(), TraceLevel.OFF, Duration.ofSeconds(1));
        assertThat(plan.recordsTrace()).isFalse();
        assertThat(plan.ofRerun().trace()).isEqualTo(TraceLevel.OFF);
        assertThat(plan.ofRerun().recordsTrace()).isFalse();
    }

    private static EvidencePlan plan(
            Class<?> annotated, @Nullable EvidenceMode forAll, Map<EvidenceKind, EvidenceMode> forSome) {
        BctrlBrowser annotation = requireNonNull(annotated.getAnnotation(BctrlBrowser.class));
        return EvidencePlan.of(
                List.of(annotation.evidence()), forAll, forSome, annotation.trace(), Duration.ofSeconds(1));
    }

    @BctrlBrowser
    private static final class Plain {}

    @BctrlBrowser(
            evidence = {
                @Keep(EvidenceMode.ALWAYS),
                @Keep(
                        value = EvidenceMode.OFF,
                        kinds = {EvidenceKind.MHTML, EvidenceKind.ARIA}),
                @Keep(value = EvidenceMode.ON_FAILURE, kinds = EvidenceKind.ARIA)
            })
    private static final class Picky {}
}
