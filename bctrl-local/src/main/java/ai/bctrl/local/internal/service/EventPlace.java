package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.EventStore;
import java.util.List;

/**
 * How far somebody has read the events of a run. What was looked at and did not fit is not looked at again. Thread-safe; each
 * event is given out once.
 */
final class EventPlace {

    private final EventStore store;
    private final String runId;
    private final EventStore.Filter filter;
    private long after;

    EventPlace(EventStore store, String runId, EventStore.Filter filter, long after) {
        this.store = store;
        this.runId = runId;
        this.filter = filter;
        this.after = after;
    }

    /** {@return at most so many of the events that fit and were not read yet, oldest first; empty if there are none} */
    synchronized List<EventStore.Numbered> next(int limit) {
        while (true) {
            // Read before the events: what comes in between is looked at the next time.
            long last = store.last(runId);
            if (last <= after) {
                return List.of();
            }
            EventStore.Page page = store.listAfter(runId, filter, after, limit);
            Long next = page.next();
            int found = page.events().size();
            after = next != null
                    ? next
                    : Math.max(
                            last, found == 0 ? 0 : page.events().get(found - 1).seq());
            if (found > 0 || next == null) {
                return page.events();
            }
        }
    }
}
