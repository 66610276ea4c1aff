package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.service.Admission.Obstacle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long MB = 1L << 20;
    private static final long LIMIT = 4096 * MB;

    private final AtomicLong nanos = new AtomicLong();
    private Machine.Reading reading = new Machine.Reading(4096 * MB, LIMIT, 0, 0);
    private final Admission admission = new Admission(() -> reading, nanos::get);

    private void is(long memory, double pressure, double load) {
        reading = new Machine.Reading(memory, LIMIT, pressure, load);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void admitsWhereThereIsRoom() {
        assertThat(admission.obstacle(7, 3)).isNull();
    }

    @Test
    void alwaysAdmitsTheFirst() {
        is(0, 100, 100);
        assertThat(admission.obstacle(0, 0)).isNull();
    }

    @Test
    void refusesBelowTheLowMarkAndAdmitsAgainAboveTheHighOneOnly() {
        is(257 * MB, 0, 0);
        assertThat(admission.obstacle(1, 0)).isNull();
        is(255 * MB, 0, 0);
        assertThat(admission.obstacle(1, 0)).isEqualTo(Obstacle.MEMORY);
        is(380 * MB, 0, 0);
        assertThat(admission.obstacle(1, 0)).isEqualTo(Obstacle.MEMORY);
        is(385 * MB, 0, 0);
        assertThat(admission.obstacle(1, 0)).isNull();
        is(257 * MB, 0, 0);
        assertThat(admission.obstacle(1, 0)).isNull();
    }

    @Test
    void countsWhatBrowsersWillNeedThatAreBeingStarted() {
        is(600 * MB, 0, 0);
        assertThat(admission.obstacle(1, 1)).isNull();
        assertThat(admission.obstacle(2, 2)).isEqualTo(Obstacle.MEMORY);
    }

    @Test
    void letsBrowsersStartOneAfterTheOtherWhileTheProcessorsAreBusy() {
        is(4096 * MB, 89, 9);
        assertThat(admission.obstacle(2, 1)).isNull();
        is(4096 * MB, 95, 7);
        assertThat(admission.obstacle(2, 1)).isNull();
        is(4096 * MB, 95, 9);
        assertThat(admission.obstacle(2, 1)).isEqualTo(Obstacle.CPU);
        assertThat(admission.obstacle(2, 0)).isNull();
        is(4096 * MB, 80, 7);
        assertThat(admission.obstacle(2, 1)).isEqualTo(Obstacle.CPU);
        is(4096 * MB, 70, 7);
        assertThat(admission.obstacle(2, 1)).isNull();
        is(4096 * MB, 80, 7);
        assertThat(admission.obstacle(2, 1)).isNull();
    }

    @Test
    void knowsNothingAndAdmitsWhereTheSystemSaysNothing() {
        reading = new Machine.Reading(-1, -1, -1, -1);
        assertThat(admission.obstacle(100, 10)).isNull();
    }

    @Test
    void keepsLessFreeOnASmallMachine() {
        assertThat(Admission.lowMark(512 * MB)).isEqualTo(64 * MB);
        assertThat(Admission.lowMark(8192 * MB)).isEqualTo(8192 * MB / 20);
        assertThat(Admission.lowMark(65536 * MB)).isEqualTo(1024 * MB);
    }
}
