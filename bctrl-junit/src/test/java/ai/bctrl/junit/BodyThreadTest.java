package ai.bctrl.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BodyThreadTest {
    private final BodyThread body = new BodyThread();

    @Test
    void isFreeBeforeAndAfterCodeOfTheTest() {
        assertThat(body.isFree()).isTrue();
        body.enter();
        body.leave();
        assertThat(body.isFree()).isTrue();
    }

    @Test
    void isFreeForTheThreadOfTheTestItself() {
        body.enter();
        assertThat(body.isFree()).isTrue();
    }

    @Test
    void isFreeWhereTheOtherThreadIsNotInsideOfPlaywright() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread other = started(() -> {
            body.enter();
            entered.countDown();
            await(end);
        });
        await(entered);
        assertThat(body.isFree()).isTrue();
        end.countDown();
        other.join();
    }

    @Test
    void isFreeOnceTheOtherThreadHasEnded() throws InterruptedException {
        started(body::enter).join();
        assertThat(body.isFree()).isTrue();
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work, "bctrl-test-body");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
