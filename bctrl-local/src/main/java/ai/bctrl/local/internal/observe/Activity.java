package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Cursors;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.EventStore;
import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.ActivityList;
import ai.bctrl.model.ActivityQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The timelines of runs for people, made from their events when they are asked for. Thread-safe. */
public final class Activity {

    private static final String LIST = "a";
    private static final int CHUNK = 500;

    /** How many events one page is made of at most; a page of fewer rows says where to go on. */
    private static final int MOST_EVENTS = 20_000;

    private static final EventStore.Filter ALL = new EventStore.Filter(List.of(), List.of(), null, null, null);

    private final EventStore events;

    /** Creates the timelines of a database. */
    public Activity(Database database) {
        this.events = new EventStore(database);
    }

    /**
     * Lists the rows of a run, oldest first; those of a step are its children.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @throws ApiProblem 400 for a cursor that is none, and for an unknown level
     */
    public ActivityList list(String runId, ActivityQuery query) {
        int limit = Objects.requireNonNull(query.limit());
        ActivityRows rows = rows(query.level(), query.categories() == null ? List.of() : query.categories());
        Page page = new Page();
        long place = Cursors.decode(LIST, query.cursor(), 0);
        int read = 0;
        while (true) {
            List<EventStore.Numbered> found =
                    events.listAfter(runId, ALL, place, CHUNK).events();
            for (EventStore.Numbered event : found) {
                page.add(rows.accept(event.event()));
                if (page.top.size() > limit) {
                    page.top.remove(page.top.size() - 1);
                    return new ActivityList(page.items(), Cursors.encode(LIST, place));
                }
                place = event.seq();
            }
            read += found.size();
            if (found.size() < CHUNK) {
                return new ActivityList(page.items(), null);
            }
            if (read >= MOST_EVENTS) {
                return new ActivityList(page.items(), Cursors.encode(LIST, place));
            }
        }
    }

    private static ActivityRows rows(@Nullable String level, Collection<String> categories) {
        if (level != null && !level.equals(ActivityRows.NORMAL) && !level.equals(ActivityRows.DEBUG)) {
            throw ApiProblem.invalid("level", "level must be one of normal, debug.");
        }
        return new ActivityRows(level, categories);
    }

    /**
     * Follows a run from its begin.
     *
     * @param level {@code normal} or {@code debug}; null for the first
     * @throws ApiProblem 400 for an unknown level
     */
    public Tail follow(String runId, @Nullable String level, Collection<String> categories) {
        return new Tail(runId, rows(level, categories));
    }

    /** The rows of a run as they come. Not thread-safe; holds nothing that must be closed. */
    public final class Tail {
        private final String runId;
        private final ActivityRows rows;
        private long place;

        private Tail(String runId, ActivityRows rows) {
            this.runId = runId;
            this.rows = rows;
        }

        /**
         * {@return the rows that are new or have changed since the last call} Each has an {@code id} in its extra
         * fields, by which a changed row is known again, and where it is part of a step its {@code parentId}.
         * At most those of 500 events; ask again where there were some.
         */
        public List<ActivityItem> poll() {
            Map<String, ActivityItem> changed = new LinkedHashMap<>();
            List<EventStore.Numbered> found;
            do {
                found = events.listAfter(runId, ALL, place, CHUNK).events();
                for (EventStore.Numbered event : found) {
                    place = event.seq();
                    for (ActivityItem item : rows.add(event.event())) {
                        changed.put(item.extra().get("id").getAsString(), item);
                    }
                }
                // Many events may be nothing that people need to see.
            } while (changed.isEmpty() && found.size() == CHUNK);
            return List.copyOf(changed.values());
        }
    }

    /** Rows in the order in which they began, below their steps. */
    private static final class Page {
        private final List<ActivityRow> top = new ArrayList<>();
        private final Map<String, List<ActivityRow>> children = new LinkedHashMap<>();

        void add(List<ActivityRow> changed) {
            for (ActivityRow row : changed) {
                if (children.putIfAbsent(row.id, new ArrayList<>()) == null) {
                    List<ActivityRow> siblings = row.parentId == null ? null : children.get(row.parentId);
                    (siblings == null ? top : siblings).add(row);
                }
            }
        }

        List<ActivityItem> items() {
            return items(top);
        }

        private List<ActivityItem> items(List<ActivityRow> rows) {
            List<ActivityItem> items = new ArrayList<>();
            for (ActivityRow row : rows) {
                List<ActivityRow> below = children.getOrDefault(row.id, List.of());
                items.add(row.item(below.isEmpty() ? null : items(below)));
            }
            return items;
        }
    }
}
