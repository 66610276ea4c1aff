package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.service.Timestamps;
import ai.bctrl.local.internal.store.NewEvent;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the events of one run go; knows what was told before. Not thread-safe: belongs to its {@link RunObservation}. */
final class RunLog {

    private static final int MEMORY = 8_192;

    private final String runId;
    private final String runtimeId;
    private final Consumer<NewEvent> sink;
    private final Map<String, Session> tellers = new Recent<>(MEMORY);
    private final Map<String, Boolean> told = new Recent<>(MEMORY);
    private final Map<String, String> contextsOfPages = new HashMap<>();
    private Instant last = Instant.EPOCH;
    private long writtenMillis = -1;
    private String written = "";

    RunLog(String runId, String runtimeId, Consumer<NewEvent> sink) {
        this.runId = runId;
        this.runtimeId = runtimeId;
        this.sink = sink;
    }

    String runId() {
        return runId;
    }

    String runtimeId() {
        return runtimeId;
    }

    /** Whether no other session has told the same; what one session tells twice has happened twice. */
    boolean isNews(String key, Session teller) {
        Session first = tellers.putIfAbsent(key, teller);
        return first == null || first == teller;
    }

    /** Whether nobody has told the same. */
    boolean isFirst(String key) {
        return told.putIfAbsent(key, true) == null;
    }

    /** Adds what happened in the session's target. */
    void add(Moment at, String type, EventData data) {
        add(at, type, at.target(), data);
    }

    void add(Moment at, String type, @Nullable Target target, EventData data) {
        add(at, type, target == null ? null : target.pageId, target == null ? null : target.contextId, data);
    }

    void add(Moment at, String type, @Nullable String pageId, @Nullable String contextId, EventData data) {
        write(at, type, "browser", null, pageId, contextId, data.json());
    }

    /** Adds what the controller did. */
    void addCommand(Moment at, String type, EventData data) {
        Target target = at.target();
        write(
                at,
                type,
                "command",
                at.feed().connectionId,
                target == null ? null : target.pageId,
                target == null ? null : target.contextId,
                data.json());
    }

    /** Adds that something was missed. */
    void addGap(Moment at, EventData data) {
        write(at, "observation.gap", "connection", at.feed().connectionId, null, null, data.json());
    }

    /** Many events share their millisecond. */
    private String written(Instant time) {
        long millis = time.toEpochMilli();
        if (millis != writtenMillis) {
            writtenMillis = millis;
            written = Timestamps.format(time);
        }
        return written;
    }

    private void write(
            Moment at,
            String type,
            String kind,
            @Nullable String connectionId,
            @Nullable String pageId,
            @Nullable String contextId,
            JsonObject data) {
        if (pageId != null && contextId != null) {
            contextsOfPages.put(pageId, contextId);
        }
        // Two conversations are heard by turns; what is written later is not told to be earlier.
        last = at.time().isAfter(last) ? at.time() : last;
        sink.accept(new NewEvent(
                runId,
                runtimeId,
                type,
                kind,
                at.feed().source,
                connectionId,
                pageId,
                contextId == null && pageId != null ? contextsOfPages.get(pageId) : contextId,
                data.size() == 0 ? null : data,
                written(last)));
    }
}
