package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what a viewer did, so that many keystrokes become one event; never what was typed. Thread-safe. */
final class InputTally {

    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /**
     * Counts something.
     *
     * @return whether it is the first since the last {@link #take}
     */
    synchronized boolean add(String what, int howMany) {
        boolean first = counts.isEmpty();
        counts.merge(what, howMany, Integer::sum);
        return first;
    }

    /** {@return what was counted since the last call} */
    synchronized JsonObject take() {
        JsonObject taken = new JsonObject();
        counts.forEach(taken::addProperty);
        counts.clear();
        return taken;
    }
}
