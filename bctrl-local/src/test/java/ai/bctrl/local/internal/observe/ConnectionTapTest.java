package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.store.NewEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ConnectionTapTest {
    private final List<NewEvent> events = new ArrayList<>();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final RunObservation observation = new RunObservation("run", "runtime", events::add, DownloadSink.NONE);
    private final ConnectionTap tap =
            new ConnectionTap(observation, "connection", () -> Instant.EPOCH, work::add, work::add, 10_000, () -> {});

    private void opened(int page, boolean frameEnds) {
        byte[] frame = new Frames(1)
                .message(
                        "{\"method\":\"Target.targetCreated\",\"params\":{\"targetInfo\":{\"targetId\":\"" + page
                                + "\",\"type\":\"page\",\"url\":\"http://" + "x".repeat(400) + "\"}}}",
                        false)
                .bytes();
        tap.fromBrowser(ByteBuffer.wrap(frame), frameEnds);
    }

    private void work() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    @Test
    void doesNothingOnTheThreadsOfTheRelay() {
        opened(1, true);
        assertThat(events).isEmpty();
        work();
        assertThat(events).extracting(NewEvent::type).containsExactly("page.opened");
    }

    @Test
    void dropsWhatDoesNotFitAndTellsIt() {
        for (int i = 0; i < 100; i++) {
            opened(i, true);
        }
        work();
        int heard = events.size();
        assertThat(heard).isBetween(10, 30);
        opened(100, true);
        work();
        assertThat(events.subList(heard, events.size()))
                .extracting(NewEvent::type)
                .containsExactly("observation.gap", "page.opened");
        assertThat(events.get(heard).kind()).isEqualTo("connection");
        tap.end();
        work();
        assertThat(events).hasSize(heard + 2);
    }

    @Test
    void goesOnOnlyWhereAFrameBegins() {
        for (int i = 0; i < 100; i++) {
            opened(i, false);
        }
        work();
        int heard = events.size();
        opened(100, true);
        opened(101, true);
        work();
        assertThat(events.subList(heard, events.size()))
                .extracting(NewEvent::type)
                .containsExactly("observation.gap", "page.opened");
    }

    @Test
    void tellsAtTheEndWhatWasDropped() {
        for (int i = 0; i < 100; i++) {
            opened(i, true);
        }
        var end = tap.end().toCompletableFuture();
        assertThat(end).isNotDone();
        work();
        assertThat(end).isDone();
        assertThat(events.get(events.size() - 1).type()).isEqualTo("observation.gap");
    }

    @Test
    void leavesTheBuffersAsTheyAre() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(100);
        bytes.position(10).limit(90);
        tap.fromController(bytes, true);
        assertThat(bytes.position()).isEqualTo(10);
        assertThat(bytes.limit()).isEqualTo(90);
    }
}
