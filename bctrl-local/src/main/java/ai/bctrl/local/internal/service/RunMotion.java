package ai.bctrl.local.internal.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Passes on that something moves in a run, to those who look at its browser only then. Thread-safe. */
public final class RunMotion {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Is told that something moves. Called by any thread, which must not be kept. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Something moves.
         *
         * @param runId UUID of the run
         * @param pageId DevTools' id of the page that it moves in; null where that is not known
         */
        void moved(String runId, @Nullable String pageId);
    }

    /** Adds a listener. */
    public void add(Listener listener) {
        listeners.add(listener);
    }

    /** Tells all listeners; costs next to nothing, so that it may be called for each event. */
    public void moved(String runId, @Nullable String pageId) {
        for (Listener listener : listeners) {
            listener.moved(runId, pageId);
        }
    }
}
