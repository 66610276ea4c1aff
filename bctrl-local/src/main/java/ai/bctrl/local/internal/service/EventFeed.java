package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.EventStore;
import ai.bctrl.model.RunEvent;
import java.util.List;

/**
 * The events of one run for one reader, as fast as it reads: nothing is kept for it but its place. One thread at a time
 * may read; everything else is thread-safe. Whoever got it closes it.
 */
public final class EventFeed implements AutoCloseable {

    private final String runId;
    private final EventPlace place;
    private final Grouped<EventFeed> open;
    private volatile Runnable news = () -> {};
    private volatile boolean ended;

    EventFeed(String runId, EventPlace place, Grouped<EventFeed> open) {
        this.runId = runId;
        this.place = place;
        this.open = open;
    }

    /** {@return at most so many of the events that were written and not read yet, oldest first; empty if there are none} */
    public List<RunEvent> next(int limit) {
        return place.next(limit).stream().map(EventStore.Numbered::event).toList();
    }

    /**
     * Has something done whenever there may be more to read, and when the control plane ends. It is called by whoever writes
     * the event and must hand its work over to others.
     */
    public void onNews(Runnable reaction) {
        news = reaction;
        reaction.run();
    }

    /** {@return whether the control plane is ending, so that nothing more comes} */
    public boolean isEnded() {
        return ended;
    }

    void awaken() {
        news.run();
    }

    void end() {
        ended = true;
        news.run();
    }

    /** Forgets the reader. */
    @Override
    public void close() {
        open.remove(runId, this);
        news = () -> {};
    }
}
