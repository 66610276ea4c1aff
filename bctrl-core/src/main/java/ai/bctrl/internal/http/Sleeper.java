package ai.bctrl.internal.http;

import java.time.Duration;

/** Waits. Tests put a recording one in its place. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the calling thread. */
    void sleep(Duration duration) throws InterruptedException;

    /** {@return the real one} */
    static Sleeper real() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
