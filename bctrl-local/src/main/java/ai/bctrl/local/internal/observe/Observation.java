package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.cdp.CdpClients;
import ai.bctrl.local.internal.service.ControllerTap;
import ai.bctrl.local.internal.service.ControllerTaps;
import ai.bctrl.local.internal.service.Events;
import ai.bctrl.local.internal.service.LiveBrowser;
import ai.bctrl.local.internal.service.RunWatcher;
import ai.bctrl.local.internal.service.Workers;
import ai.bctrl.local.internal.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what happens in the browsers of all runs. Thread-safe. Whoever made it closes it, after the runtimes.
 *
 * <p>What cannot be observed is missing from the record; no runtime suffers from it.
 */
public final class Observation implements RunWatcher, ControllerTaps, AutoCloseable {

    private static final int THREADS = 2;
    private static final long SETTLE_MILLIS = 1_000;

    /** How long what a controller and its browser say waits to be read. */
    private static final long LATER_MILLIS = 20;

    private record Observed(RunObservation observation, List<ConnectionTap> taps, OwnSession own) {}

    private final EventWriter writer;
    private final InstantSource clock;
    private final CdpClients clients;
    private final Workers workers;
    private final DownloadSink downloads;
    private final ScheduledThreadPoolExecutor readers;
    private final Map<String, Observed> runs = new ConcurrentHashMap<>();

    /**
     * Observes nothing before it is told of runs.
     *
     * @param downloads keeps what is downloaded
     */
    public Observation(
            Database database,
            Events events,
            InstantSource clock,
            CdpClients clients,
            Workers workers,
            DownloadSink downloads) {
        this.writer = new EventWriter(database, events, workers);
        this.clock = clock;
        this.clients = clients;
        this.workers = workers;
        this.downloads = downloads;
        AtomicInteger number = new AtomicInteger();
        readers = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "bctrl-observe-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        readers.setKeepAliveTime(10, TimeUnit.SECONDS);
        readers.allowCoreThreadTimeOut(true);
    }

    @Override
    public void started(LiveBrowser browser) {
        RunObservation observation = new RunObservation(browser.runId(), browser.runtimeId(), writer::add, this::keep);
        List<ConnectionTap> taps = new CopyOnWriteArrayList<>();
        OwnSession own = new OwnSession(observation, clock, workers, () -> taps.forEach(ConnectionTap::readNow));
        runs.put(browser.runId(), new Observed(observation, taps, own));
        own.open(clients, browser.browser().devTools());
    }

    /** What came before a download is written before its artifact. */
    private @Nullable String keep(DownloadSink.Download download, Path file) {
        writer.flush();
        return downloads.keep(download, file);
    }

    @Override
    public @Nullable ControllerTap open(String connectionId, LiveBrowser browser) {
        Observed run = runs.get(browser.runId());
        if (run == null) {
            return null;
        }
        ConnectionTap tap = new ConnectionTap(
                run.observation,
                connectionId,
                clock,
                readers,
                this::later,
                ConnectionTap.MOST_WAITING,
                writer::flushSoon);
        run.taps.removeIf(ConnectionTap::isOver);
        run.taps.add(tap);
        return tap;
    }

    private void later(Runnable task) {
        var unused = readers.schedule(task, LATER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void ending(LiveBrowser browser) {
        Observed run = runs.remove(browser.runId());
        if (run == null) {
            return;
        }
        CompletableFuture<?>[] settled =
                run.taps.stream().map(ConnectionTap::barrier).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(settled).get(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // What is not understood by now is not written.
        }
        run.own.close();
        run.observation.seal();
        writer.flush();
    }

    @Override
    public void ended(LiveBrowser browser) {
        // Everything was done when its end was near.
    }

    /** Ends the threads; what was not understood is not written. */
    @Override
    public void close() {
        runs.values().forEach(run -> run.own.close());
        readers.shutdownNow();
    }
}
