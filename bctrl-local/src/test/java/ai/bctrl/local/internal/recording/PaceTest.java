package ai.bctrl.local.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void isFastWhilePicturesChange() {
        for (int i = 0; i < 10; i++) {
            assertThat(pace.taken(true, 40)).isEqualTo(Pace.FASTEST);
        }
    }

    @Test
    void slowsDownAtRest() {
        assertThat(pace.taken(false, 40)).isEqualTo(750);
        assertThat(pace.taken(false, 40)).isEqualTo(1125);
        assertThat(pace.taken(false, 40)).isEqualTo(1687);
        assertThat(pace.taken(false, 40)).isEqualTo(Pace.SLOWEST);
        assertThat(pace.taken(false, 40)).isEqualTo(Pace.SLOWEST);
    }

    @Test
    void isFastAgainOnceSomethingHappens() {
        for (int i = 0; i < 5; i++) {
            pace.taken(false, 40);
        }
        assertThat(pace.stirred(1500)).isEqualTo(Pace.SOON);
        assertThat(pace.taken(false, 40)).isEqualTo(750);
    }

    @Test
    void keepsTheDistanceToTheLastPictureHoweverMuchHappens() {
        pace.taken(true, 40);
        assertThat(pace.stirred(10)).isEqualTo(Pace.FASTEST - 10);
        assertThat(pace.stirred(490)).isEqualTo(Pace.SOON);
    }

    @Test
    void takesNoMoreThanATwelfthOfTheTimeOfASlowBrowser() {
        assertThat(pace.taken(true, 100)).isEqualTo(1200);
        assertThat(pace.stirred(0)).isEqualTo(1200);
        assertThat(pace.taken(true, 5000)).isEqualTo(Pace.SLOWEST);
    }
}
