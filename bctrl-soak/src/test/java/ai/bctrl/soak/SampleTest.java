package ai.bctrl.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void findsTheSlopeOfALineAndOfNone() {
        List<Sample> samples = List.of(
                new Sample(0, 100, 7, 9, 3, 0, 0),
                new Sample(10, 130, 7, 9, 3, 0, 0),
                new Sample(20, 160, 7, 9, 3, 0, 0));

        assertThat(Sample.slope(samples, Sample::heapBytes)).isEqualTo(3, Offset.offset(1e-9));
        assertThat(Sample.slope(samples, Sample::threads)).isZero();
    }
}
