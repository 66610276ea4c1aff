package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The controllers with a socket, at most one for each connection. Thread-safe. */
final class AttachedControllers {

    private final Map<String, AttachedController> byConnection = new ConcurrentHashMap<>();
    private final Grouped<AttachedController> byRuntime = new Grouped<>();

    /** Whether the connection had none before. */
    boolean add(AttachedController controller) {
        boolean first = byConnection.putIfAbsent(controller.connectionId(), controller) == null;
        if (first) {
            byRuntime.add(controller.browser().runtimeId(), controller);
        }
        return first;
    }

    void remove(AttachedController controller) {
        if (byConnection.remove(controller.connectionId(), controller)) {
            byRuntime.remove(controller.browser().runtimeId(), controller);
        }
    }

    List<AttachedController> of(String runtimeId) {
        return byRuntime.of(runtimeId);
    }
}
