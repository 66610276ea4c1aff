package ai.bctrl.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.local.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class FuzzOptionsTest {

    @Test
    void sizesAndTimesAreReadOrRefused() {
        Fuzz.each(Fuzz.texts(), junk -> {
            try {
                if (junk.chance(50)) {
                    assertThat(new ByteSize().convert(junk.like("1000", "500m", "10g", "999999999999t")))
                            .isNotNegative();
                } else {
                    assertThat(DurationText.of(
                                    new DurationText().convert(junk.like("90s", "30m", "999999999d", "none"))))
                            .matches("[0-9]+(ms|s|m|h)");
                }
            } catch (TypeConversionException told) {
                assertThat(told).hasMessageMatching("(?s).*(must be|is not a time).*");
            }
        });
    }

    /** It became a negative number. */
    @Test
    void refusesASizeThatNoDiskHas() {
        assertThatThrownBy(() -> new ByteSize().convert("999999999999t"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("less than 8 EiB");
    }
}
