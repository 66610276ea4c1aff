package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.RunningBrowser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives requests that allow it a browser context of a Chromium which others use as well, one for each way to start it, and
 * all others a process of their own. Thread-safe.
 *
 * <p>A shared Chromium is started when it is first needed and ended when nobody has used it for a while.
 */
public final class SharedEngine implements BrowserEngine {

    /** How long a Chromium stays that nobody uses. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final String NAME = "shared";
    private static final int ATTEMPTS = 3;

    private final BrowserEngine processes;
    private final Duration idle;
    private final AtomicInteger started = new AtomicInteger();
    private final ScheduledExecutorService clock;

    /** Guards the rest. */
    private final Object lock = new Object();

    private final Map<LaunchRequest, Slot> slots = new HashMap<>();
    private boolean closed;

    /** A Chromium that runs or is being started. */
    private static final class Slot {
        private final LaunchRequest request;
        private final CompletableFuture<SharedChromium> chromium = new CompletableFuture<>();
        private int users;
        private long uses;

        Slot(LaunchRequest request) {
            this.request = request;
        }
    }

    /**
     * Creates an engine that ends a shared Chromium after 30 s without use.
     *
     * @param processes starts the processes; closed with this
     */
    public SharedEngine(BrowserEngine processes) {
        this(processes, IDLE);
    }

    SharedEngine(BrowserEngine processes, Duration idle) {
        this.processes = processes;
        this.idle = idle;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "bctrl-shared-idle");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public RunningBrowser launch(LaunchRequest request) {
        if (!request.shared()) {
            return processes.launch(request);
        }
        if (request.profileDirectory() != null || !request.extensions().isEmpty()) {
            throw new BrowserStartException("A shared browser has neither a named profile nor extensions.");
        }
        IOException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Slot slot = take(key(request));
            boolean kept = false;
            try {
                SharedChromium chromium = started(slot);
                RunningBrowser browser = chromium.open(request.proxy(), () -> give(slot));
                kept = true;
                return browser;
            } catch (IOException lost) {
                last = lost;
                drop(slot);
            } finally {
                if (!kept) {
                    give(slot);
                }
            }
        }
        throw new BrowserStartException(
                "The shared browser cannot be used: " + (last == null ? "" : last.getMessage()), last);
    }

    /** Everything that makes a process; a proxy is the context's. */
    private static LaunchRequest key(LaunchRequest request) {
        return LaunchRequest.builder(NAME)
                .headless(request.headless())
                .brand(request.brand())
                .locale(request.locale())
                .arguments(request.arguments())
                .shared(true)
                .build();
    }

    private Slot take(LaunchRequest key) {
        Slot slot;
        boolean mine = false;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the browser engine is closed");
            }
            slot = slots.get(key);
            if (slot != null && isBroken(slot)) {
                slots.remove(key);
                slot = null;
            }
            if (slot == null) {
                slot = new Slot(key);
                slots.put(key, slot);
                mine = true;
            }
            slot.users++;
            slot.uses++;
        }
        if (mine) {
            start(slot);
        }
        return slot;
    }

    private static boolean isBroken(Slot slot) {
        SharedChromium now = slot.chromium.isCompletedExceptionally() ? null : slot.chromium.getNow(null);
        return slot.chromium.isCompletedExceptionally() || (now != null && now.isBroken());
    }

    private void start(Slot slot) {
        LaunchRequest key = slot.request;
        try {
            LaunchRequest request = LaunchRequest.builder(NAME + "-" + started.incrementAndGet())
                    .headless(key.headless())
                    .brand(key.brand())
                    .locale(key.locale())
                    .arguments(key.arguments())
                    .build();
            slot.chromium.complete(SharedChromium.of(processes.launch(request)));
        } catch (RuntimeException failed) {
            slot.chromium.completeExceptionally(failed);
        }
    }

    private static SharedChromium started(Slot slot) {
        try {
            return slot.chromium.join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IllegalStateException closed) {
                throw closed;
            }
            throw new BrowserStartException(String.valueOf(cause == null ? failed : cause.getMessage()), failed);
        }
    }

    /** No more runtimes for this one. */
    private void drop(Slot slot) {
        synchronized (lock) {
            slots.remove(slot.request, slot);
        }
    }

    private void give(Slot slot) {
        long uses;
        synchronized (lock) {
            if (--slot.users > 0 || closed) {
                return;
            }
            uses = slot.uses;
            if (slots.get(slot.request) == slot && !isBroken(slot)) {
                later(slot, uses);
                return;
            }
            slots.remove(slot.request, slot);
        }
        end(slot);
    }

    private void later(Slot slot, long uses) {
        try {
            var unused = clock.schedule(() -> endUnused(slot, uses), idle.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // close() ends it.
        }
    }

    private void endUnused(Slot slot, long uses) {
        synchronized (lock) {
            if (slot.users > 0 || slot.uses != uses || !slots.remove(slot.request, slot)) {
                return;
            }
        }
        end(slot);
    }

    private static void end(Slot slot) {
        if (slot.chromium.isDone() && !slot.chromium.isCompletedExceptionally()) {
            slot.chromium.join().close();
        }
    }

    /** {@return the shared Chromiums that run} */
    List<SharedChromium> running() {
        List<SharedChromium> running = new ArrayList<>();
        synchronized (lock) {
            for (Slot slot : slots.values()) {
                if (slot.chromium.isDone() && !slot.chromium.isCompletedExceptionally()) {
                    running.add(slot.chromium.join());
                }
            }
        }
        return running;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        clock.shutdownNow();
        processes.close();
        running().forEach(SharedChromium::close);
    }
}
