package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    @Test
    void goesOnLookingAfterALookThatFailed() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(3);
        try (Workers workers = new Workers()) {
            var unused = workers.clock()
                    .scheduleWithFixedDelay(
                            () -> {
                                looks.countDown();
                                if (looks.getCount() > 0) {
                                    throw new OutOfMemoryError("unable to create native thread");
                                }
                            },
                            0,
                            1,
                            TimeUnit.MILLISECONDS);
            assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
