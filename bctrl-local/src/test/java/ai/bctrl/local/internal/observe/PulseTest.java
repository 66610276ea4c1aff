package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final Pulse pulse = new Pulse(Duration.ofSeconds(10), Duration.ZERO);

    private Pulse.Step at(long millis) {
        return pulse.step(Duration.ofMillis(millis));
    }

    @Test
    void asksASecondAfterTheLastAnswer() {
        assertThat(at(999)).isEqualTo(Pulse.Step.WAIT);
        assertThat(at(1000)).isEqualTo(Pulse.Step.ASK);
        assertThat(at(1250)).isEqualTo(Pulse.Step.WAIT);
        assertThat(pulse.answered(Duration.ofMillis(1300))).isFalse();
        assertThat(at(2250)).isEqualTo(Pulse.Step.WAIT);
        assertThat(at(2500)).isEqualTo(Pulse.Step.ASK);
    }

    @Test
    void looksWhyThereIsNoAnswerAndGivesUpInTheEnd() {
        assertThat(at(1000)).isEqualTo(Pulse.Step.ASK);
        assertThat(at(2499)).isEqualTo(Pulse.Step.WAIT);
        assertThat(at(2500)).isEqualTo(Pulse.Step.LOOK);
        assertThat(pulse.becomesUnresponsive()).isTrue();
        assertThat(pulse.becomesUnresponsive()).isFalse();
        assertThat(at(10_999)).isEqualTo(Pulse.Step.LOOK);
        assertThat(at(11_000)).isEqualTo(Pulse.Step.GIVE_UP);
    }

    @Test
    void beginsAnewWithALateAnswer() {
        at(1000);
        at(3000);
        pulse.becomesUnresponsive();
        assertThat(pulse.answered(Duration.ofSeconds(4))).isTrue();
        assertThat(at(4500)).isEqualTo(Pulse.Step.WAIT);
        assertThat(at(5000)).isEqualTo(Pulse.Step.ASK);
        assertThat(pulse.becomesUnresponsive()).isTrue();
    }

    @Test
    void asksAgainWhatDidNotReachTheBrowserWithoutForgettingHowLongItIsSilent() {
        assertThat(at(1000)).isEqualTo(Pulse.Step.ASK);
        pulse.failed();
        assertThat(at(1250)).isEqualTo(Pulse.Step.ASK);
        assertThat(at(1500)).isEqualTo(Pulse.Step.WAIT);
        pulse.failed();
        assertThat(at(2500)).isEqualTo(Pulse.Step.LOOK);
        assertThat(pulse.mustAskAgain()).isTrue();
        assertThat(pulse.mustAskAgain()).isFalse();
        assertThat(at(11_000)).isEqualTo(Pulse.Step.GIVE_UP);
    }
}
