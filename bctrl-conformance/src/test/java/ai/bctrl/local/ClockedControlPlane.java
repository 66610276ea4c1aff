package ai.bctrl.local;

import ai.bctrl.local.internal.engine.ChromiumEngine;
import ai.bctrl.local.internal.engine.ChromiumOptions;
import ai.bctrl.local.internal.shared.SharedEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A control plane of which the wall clock can be set, as administrators and time servers do. All that it keeps to by time is
 * switched on. Thread-safe. Whoever started it closes it.
 */
public final class ClockedControlPlane implements AutoCloseable {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final LocalBctrl local;

    /** Starts it with the right time. */
    public ClockedControlPlane() {
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead.get());
        LocalOptions options = LocalOptions.builder()
                .idleTimeout(Duration.ofMinutes(30))
                .maxLifetime(Duration.ofHours(1))
                .keepFor(Duration.ofDays(1))
                .build();
        local = LocalBctrl.start(options, clock, () -> {
            ChromiumEngine engine = new ChromiumEngine(ChromiumOptions.defaults());
            return new LocalBctrl.Browsers(
                    new SharedEngine(engine), request -> engine.discovery().find(request), engine.directory());
        });
    }

    /** {@return where it listens} */
    public String baseUrl() {
        return local.baseUrl();
    }

    /** {@return its key} */
    public String apiKey() {
        return local.apiKey();
    }

    /** Sets the clock forward, or back by a negative time. */
    public void jump(Duration by) {
        ahead.accumulateAndGet(by, Duration::plus);
    }

    @Override
    public void close() {
        local.close();
    }
}
