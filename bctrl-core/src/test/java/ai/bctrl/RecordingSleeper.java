package ai.bctrl;

import ai.bctrl.internal.http.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers how long it should have slept. */
final class RecordingSleeper implements Sleeper {
    final List<Duration> slept = new CopyOnWriteArrayList<>();

    @Override
    public void sleep(Duration duration) {
        slept.add(duration);
    }
}
