package ai.bctrl.local.internal.live;

import com.google.gson.JsonObject;
import java.util.function.Consumer;

/** Tells what a person would say that happens in a run, row by row. Thread-safe. */
@FunctionalInterface
public interface ActivityFeed {

    /**
     * Tells the rows that there are, and each new one. A row with the id of an earlier one takes its place.
     *
     * @param rows is called by one thread at a time and must not keep it
     * @return ends it; nothing is told any more soon after it was closed
     */
    Subscription follow(String runId, Consumer<JsonObject> rows);

    /** Ends the telling when it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** {@return a feed that tells nothing} */
    static ActivityFeed none() {
        return (runId, rows) -> () -> {};
    }
}
