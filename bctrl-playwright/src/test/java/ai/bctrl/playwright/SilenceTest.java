package ai.bctrl.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long TICK = Silence.TICK.toNanos();

    private final Silence silence = new Silence(Duration.ofSeconds(2));

    @BeforeEach
    void connect() {
        silence.hear();
        silence.answer();
        silence.listen();
        silence.tick(TICK);
    }

    private int pingsDuring(int ticks) {
        int pings = 0;
        for (int i = 0; i < ticks; i++) {
            silence.tick(TICK);
            if (silence.isPingDue()) {
                pings++;
            }
        }
        return pings;
    }

    @Test
    void asksEveryHalfSecondOfSilence() {
        assertThat(pingsDuring(19)).isEqualTo(3);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.HEARD);
    }

    @Test
    void suspectsAfterTheLimitAndGivesUpAfterTwiceAsLong() {
        pingsDuring(20);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.SUSPECT);
        pingsDuring(19);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.SUSPECT);
        pingsDuring(1);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.SILENT);
        assertThat(silence.length()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void startsAnewWithEachByte() {
        pingsDuring(19);
        silence.hear();
        silence.listen();
        pingsDuring(20);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.HEARD);
        pingsDuring(1);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.SUSPECT);
    }

    @Test
    void doesNotCountTimeInWhichItsOwnClockStoodStill() {
        silence.tick(Duration.ofMinutes(5).toNanos());
        silence.isPingDue();
        assertThat(silence.length()).isEqualTo(Silence.TICK.multipliedBy(2));
        assertThat(silence.stage()).isEqualTo(Silence.Stage.HEARD);
    }

    @Test
    void doesNotCountTimeInWhichNobodyListened() {
        silence.hear();
        pingsDuring(100);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.HEARD);
        assertThat(silence.length()).isZero();
    }

    @Test
    void doesNotJudgeWhoNeverAnswersQuestions() {
        Silence mute = new Silence(Duration.ofSeconds(2));
        mute.hear();
        mute.listen();
        for (int i = 0; i < 100; i++) {
            mute.tick(TICK);
            mute.isPingDue();
        }
        assertThat(mute.stage()).isEqualTo(Silence.Stage.HEARD);
    }

    @Test
    void isPatientWhileMuchIsOnItsWay() {
        silence.send(500_000, 0);
        pingsDuring(29);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.HEARD);
        pingsDuring(1);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.SUSPECT);
    }

    @Test
    void takesABlockedWriteThatGoesOnForASignOfLife() {
        pingsDuring(19);
        silence.send(10, Duration.ofSeconds(1).toNanos());
        pingsDuring(2);
        assertThat(silence.stage()).isEqualTo(Silence.Stage.HEARD);
    }
}
