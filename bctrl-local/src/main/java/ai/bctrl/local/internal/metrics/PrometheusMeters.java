package ai.bctrl.local.internal.metrics;

import ai.bctrl.local.internal.service.Meters;
import ai.bctrl.local.internal.service.Places;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** Counts with Micrometer. Labels have few values: operations, statuses, causes. Thread-safe. */
public final class PrometheusMeters implements Meters, AutoCloseable {

    private static final Duration[] LAUNCH_BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter events;
    private final Counter fromControllers;
    private final Counter fromBrowsers;

    /** Counts nothing yet. */
    public PrometheusMeters(Places places) {
        Gauge.builder("bctrl.runtimes.active", places, Places::active)
                .description("Places for browsers that are taken")
                .register(registry);
        Gauge.builder("bctrl.runtimes.waiting", places, Places::waiting)
                .description("Requests in line for a browser")
                .register(registry);
        Integer max = places.maxRuntimes();
        if (max != null) {
            Gauge.builder("bctrl.runtimes.max", () -> max)
                    .description("Places for browsers")
                    .register(registry);
        }
        Gauge.builder("bctrl.memory.available", places, Places::memoryAvailable)
                .description(
                        "Memory that browsers can still have, within the limits of control groups; -1 where unknown")
                .baseUnit("bytes")
                .register(registry);
        Runtime jvm = Runtime.getRuntime();
        Gauge.builder("bctrl.memory.heap", jvm, runtime -> runtime.totalMemory() - runtime.freeMemory())
                .description("Heap of the control plane in use")
                .baseUnit("bytes")
                .register(registry);
        fromControllers = relayed("controller");
        fromBrowsers = relayed("browser");
        events = Counter.builder("bctrl.events").description("Events written").register(registry);
    }

    private Counter relayed(String from) {
        return Counter.builder("bctrl.relay")
                .description("Bytes that went through sockets which are closed by now")
                .baseUnit("bytes")
                .tag("from", from)
                .register(registry);
    }

    @Override
    public void relayed(long fromController, long fromBrowser) {
        fromControllers.increment((double) fromController);
        fromBrowsers.increment((double) fromBrowser);
    }

    @Override
    public void launched(Duration took, boolean up) {
        Timer.builder("bctrl.launch")
                .description("Launches of browsers")
                .tag("outcome", up ? "up" : "failed")
                .serviceLevelObjectives(LAUNCH_BUCKETS)
                .register(registry)
                .record(took);
    }

    @Override
    public void ended(String cause) {
        Counter.builder("bctrl.runtimes.ended")
                .description("Ends of runtimes")
                .tag("cause", cause)
                .register(registry)
                .increment();
    }

    @Override
    public void answered(String route, int status, Duration took) {
        Timer.builder("bctrl.requests")
                .description("Requests by operation and status")
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    @Override
    public void written(int number) {
        events.increment(number);
    }

    @Override
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
