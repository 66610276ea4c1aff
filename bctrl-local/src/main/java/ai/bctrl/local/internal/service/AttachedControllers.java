package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The controllers with a socket, at most one for each connection. Thread-safe. */
final class AttachedControllers {

    private final Map<String, AttachedController> byConnection = new ConcurrentHashMap<>();

    /** Whether the connection had none before. */
    boolean add(AttachedController controller) {
        return byConnection.putIfAbsent(controller.connectionId(), controller) == null;
    }

    void remove(AttachedController controller) {
        byConnection.remove(controller.connectionId(), controller);
    }

    List<AttachedController> of(String runtimeId) {
        return byConnection.values().stream()
                .filter(controller -> controller.browser().runtimeId().equals(runtimeId))
                .toList();
    }
}
