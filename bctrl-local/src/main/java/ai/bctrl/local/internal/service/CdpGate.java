package ai.bctrl.local.internal.service;

import static java.util.Objects.requireNonNull;

import ai.bctrl.local.internal.store.ConnectionStore;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.model.ConnectionStatus;
import ai.bctrl.model.RuntimeConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Lets the holder of a signed address to its browser, one at a time, and ends its socket when it must. Thread-safe. */
public final class CdpGate implements ControllerGate {

    /** What a controller reads whose lease was revoked when the next one attaches. */
    static final CloseReason REVOKED = new CloseReason(4001, "lease revoked");

    /** What a controller reads whose lease expired when the next one attaches. */
    static final CloseReason EXPIRED = new CloseReason(4002, "lease expired");

    private static final long TAP_MILLIS = 2000;
    private static final Duration LEAVING = Duration.ofMillis(500);
    private static final int MAX_USER_AGENT = 256;

    private final Database database;
    private final ConnectionStore store;
    private final Connections connections;
    private final ConnectionSignatures signatures;
    private final LiveBrowsers browsers;
    private final Events events;
    private final ControllerTaps taps;
    private final Workers workers;
    private final Meters meters;
    private final AttachedControllers attached = new AttachedControllers();
    private final Grouped<CompletableFuture<Void>> leaving = new Grouped<>();
    private final AttachedController.Listener journal = new Journal();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Creates the gate to some browsers. */
    public CdpGate(
            Database database,
            Connections connections,
            ConnectionSignatures signatures,
            LiveBrowsers browsers,
            Events events,
            ControllerTaps taps,
            Workers workers,
            Meters meters) {
        this.database = database;
        this.store = new ConnectionStore(database);
        this.connections = connections;
        this.signatures = signatures;
        this.browsers = browsers;
        this.events = events;
        this.taps = taps;
        this.workers = workers;
        this.meters = meters;
    }

    @Override
    public Attachment attach(AttachRequest request) {
        String id = request.connectionId();
        connections.expireDue();
        RuntimeConnection connection = store.find(id);
        if (connection == null) {
            throw new AttachRefusedException(404, "connection.not_found", "There is no connection with this id.");
        }
        if (!signatures.isGenuine(id, request.query())) {
            throw new AttachRefusedException(
                    403,
                    "connection.signature_invalid",
                    "The signature does not fit; use endpoint.url exactly as it was given.");
        }
        LiveBrowser browser = browsers.find(connection.runtimeId());
        requireActive(connection, browser != null && browser.isUp());
        AttachedController controller = new AttachedController(
                id, requireNonNull(browser), request.userAgent(), taps.open(id, browser), journal);
        if (!attached.add(controller)) {
            throw new AttachRefusedException(
                    409, "connection.in_use", "A controller is attached with this address; close that one first.");
        }
        if (!browser.isUp()) {
            // Its end came in between; whoever ends sockets may have missed this one.
            attached.remove(controller);
            requireActive(connection, false);
        }
        endStale(controller);
        return controller;
    }

    private static void requireActive(RuntimeConnection connection, boolean browserUp) {
        String next = " Create a new connection.";
        if (connection.status() == ConnectionStatus.REVOKED) {
            throw new AttachRefusedException(
                    410, "connection.revoked", "The lease was revoked at " + connection.revokedAt() + "." + next);
        } else if (connection.status() == ConnectionStatus.EXPIRED) {
            throw new AttachRefusedException(
                    410, "connection.expired", "The lease expired at " + connection.expiresAt() + "." + next);
        } else if (connection.status() != ConnectionStatus.ACTIVE || !browserUp) {
            throw new AttachRefusedException(
                    410, "connection.closed", "The lease ended with its runtime. Create a new runtime.");
        }
    }

    private void endStale(AttachedController current) {
        for (AttachedController other : attached.of(current.browser().runtimeId())) {
            if (other != current) {
                RuntimeConnection lease = store.find(other.connectionId());
                boolean expired = lease != null && lease.status() == ConnectionStatus.EXPIRED;
                other.end(expired ? EXPIRED : REVOKED);
            }
        }
    }

    /** {@return whether a controller has an open socket to the runtime} */
    public boolean isAttached(String runtimeId) {
        return attached.of(runtimeId).stream().anyMatch(AttachedController::wasOpen);
    }

    /** Has somebody told of each runtime to which a controller attached or from which it went; it must not block. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    private void changed(AttachedController controller) {
        listeners.forEach(listener -> listener.accept(controller.browser().runtimeId()));
    }

    /** Waits until it is recorded that those controllers have gone whose sockets are closed; 0.5 s at most. */
    void awaitThoseLeaving(String runtimeId) {
        try {
            CompletableFuture.allOf(leaving.of(runtimeId).toArray(CompletableFuture[]::new))
                    .get(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // It is recorded behind the end of the run.
        }
    }

    /** Ends the sockets of a runtime; its end was recorded. */
    void endAll(String runtimeId, CloseReason reason) {
        attached.of(runtimeId).forEach(controller -> controller.end(reason));
    }

    private final class Journal implements AttachedController.Listener {
        @Override
        public void opened(AttachedController controller) {
            Map<String, Object> data = new LinkedHashMap<>();
            String agent = controller.userAgent();
            if (agent != null) {
                data.put("userAgent", agent.substring(0, Math.min(MAX_USER_AGENT, agent.length())));
            }
            write(controller, "connection.attached", data, new CompletableFuture<>());
            changed(controller);
        }

        @Override
        public void closed(AttachedController controller, CloseReason reason, long fromController, long fromBrowser) {
            String runtimeId = controller.browser().runtimeId();
            CompletableFuture<Void> recorded = new CompletableFuture<>();
            if (controller.wasOpen()) {
                leaving.add(runtimeId, recorded);
            }
            attached.remove(controller);
            if (controller.wasOpen()) {
                var unused = recorded.whenComplete((done, failure) -> leaving.remove(runtimeId, recorded));
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("code", reason.code());
                data.put("reason", reason.text());
                data.put("bytesFromController", fromController);
                data.put("bytesFromBrowser", fromBrowser);
                meters.relayed(fromController, fromBrowser);
                afterTap(controller, () -> write(controller, "connection.detached", data, recorded));
                changed(controller);
            }
        }

        /** What the tap has seen happened before. */
        private void afterTap(AttachedController controller, Runnable work) {
            ControllerTap tap = controller.tap();
            if (tap == null) {
                work.run();
            } else {
                var unused = tap.end()
                        .toCompletableFuture()
                        .completeOnTimeout(null, TAP_MILLIS, TimeUnit.MILLISECONDS)
                        .whenComplete((ended, failure) -> work.run());
            }
        }

        private void write(
                AttachedController controller,
                String type,
                Map<String, Object> data,
                CompletableFuture<Void> recorded) {
            try {
                workers.journal().execute(() -> {
                    try {
                        append(controller, type, data);
                    } finally {
                        recorded.complete(null);
                    }
                });
            } catch (RejectedExecutionException closed) {
                // The control plane is gone; nobody can read its events.
                recorded.complete(null);
            }
        }

        private void append(AttachedController controller, String type, Map<String, Object> data) {
            LiveBrowser browser = controller.browser();
            database.change(
                    () -> events.append(browser.runId(), browser.runtimeId(), type, controller.connectionId(), data));
        }
    }
}
