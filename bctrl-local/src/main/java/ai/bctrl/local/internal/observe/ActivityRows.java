package ai.bctrl.local.internal.observe;

import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the timeline of a run for people, event by event. Not thread-safe.
 *
 * <p>A row may change after it was given: more keystrokes are folded into it, a step ends, a dialog is answered. It is
 * then given again, with the same {@code id} in its extra fields. A row within a step names it in {@code parentId}.
 */
public final class ActivityRows {

    /** The level that tells requests, pages and all of the console, too. */
    public static final String DEBUG = "debug";

    /** The level that tells what a person wants to know; the default. */
    public static final String NORMAL = "normal";

    private static final int MEMORY = 2_000;

    private final boolean debug;
    private final Set<String> categories;
    private final ActivityTexts texts = new ActivityTexts();
    private final Map<String, ActivityRow> open = new Recent<>(MEMORY);
    private final Deque<ActivityRow> parents = new ArrayDeque<>();
    private final Map<String, ActivityRow> lastOfPages = new HashMap<>();
    private @Nullable ActivityRow test;

    /**
     * Begins with the first event of a run, or at one where nothing is folded.
     *
     * @param level {@link #NORMAL} or {@link #DEBUG}; null for the first
     * @param categories the only categories to tell; none for all
     */
    public ActivityRows(@Nullable String level, Collection<String> categories) {
        this.debug = DEBUG.equals(level);
        this.categories = Set.copyOf(categories);
    }

    /** {@return the rows that are new or have changed with the event, without their children} */
    public List<ActivityItem> add(RunEvent event) {
        return accept(event).stream().map(row -> row.item(null)).toList();
    }

    /** The same, as rows that go on changing. */
    List<ActivityRow> accept(RunEvent event) {
        JsonObject data = event.data() == null ? new JsonObject() : event.data();
        ActivityRow changed = change(event, data);
        if (changed != null) {
            return isWanted(changed) ? List.of(changed) : List.of();
        }
        ActivityRow row = texts.row(event, data);
        if (row == null) {
            return List.of();
        }
        row.pageId = event.pageId();
        ActivityRow parent = parents.peek();
        row.parentId = parent == null ? null : parent.id;
        remember(event, data, row);
        List<ActivityRow> news = new ArrayList<>();
        if (isWanted(row)) {
            news.add(row);
        }
        return news;
    }

    private boolean isWanted(ActivityRow row) {
        return (debug || !row.debug) && (categories.isEmpty() || categories.contains(row.category));
    }

    private void remember(RunEvent event, JsonObject data, ActivityRow row) {
        String page = String.valueOf(event.pageId());
        switch (event.type()) {
            case "test.started" -> {
                parents.clear();
                row.parentId = null;
                test = row;
            }
            case "test.step.started" -> {
                open.put("step " + Fields.text(data, "stepId"), row);
                parents.push(row);
            }
            case "dialog.opened" -> open.put("dialog " + page, row);
            default -> {
                if (!row.debug) {
                    lastOfPages.put(page, row);
                }
            }
        }
    }

    /** What the event makes of a row that is there; null where it is news. */
    private @Nullable ActivityRow change(RunEvent event, JsonObject data) {
        String page = String.valueOf(event.pageId());
        return switch (event.type()) {
            case "connection.command.finished" -> fold(lastOfPages.get(page), event, data);
            case "dialog.closed" -> {
                ActivityRow dialog = open.remove("dialog " + page);
                yield dialog == null
                        ? null
                        : ended(dialog, event, Fields.flag(data, "accepted") ? "accepted" : "dismissed");
            }
            case "test.step.finished" -> {
                ActivityRow step = open.remove("step " + Fields.text(data, "stepId"));
                if (step != null) {
                    leave(step);
                    ended(step, event, Fields.flag(data, "failed") ? "failed" : "succeeded");
                    step.severity = Fields.flag(data, "failed") ? "error" : null;
                }
                yield step;
            }
            case "test.finished" -> {
                ActivityRow finished = test;
                if (finished == null) {
                    yield null;
                }
                parents.clear();
                String outcome = Fields.text(data, "outcome", "finished");
                finished.severity = outcome.equals("failed") ? "error" : null;
                yield ended(finished, event, outcome);
            }
            default -> null;
        };
    }

    private void leave(ActivityRow step) {
        if (parents.contains(step)) {
            while (parents.pop() != step) {
                // Steps that were not ended before the one around them.
            }
        }
    }

    private static ActivityRow ended(ActivityRow row, RunEvent event, String status) {
        row.status = status;
        row.durationMs = between(row.time, event.time());
        return row;
    }

    /** Folds an act into the one before on the same page, if it goes on with that. */
    private @Nullable ActivityRow fold(@Nullable ActivityRow last, RunEvent event, JsonObject data) {
        if (last == null) {
            return null;
        }
        String type = ActivityTexts.act(data);
        ActivityRow parent = parents.peek();
        boolean sameStep = parent == null ? last.parentId == null : parent.id.equals(last.parentId);
        if (!last.type.equals(type) || !sameStep) {
            return null;
        }
        boolean folds = switch (type) {
            case "browser.type" -> {
                last.count += (int) Fields.whole(data, "characters", 0);
                last.message = ActivityTexts.typed(last.count);
                yield true;
            }
            case "browser.press" -> {
                String key = Fields.text(data, "key", "");
                boolean again = last.message.equals(ActivityTexts.pressed(key, last.count));
                if (again) {
                    last.count++;
                    last.message = ActivityTexts.pressed(key, last.count);
                }
                yield again;
            }
            case "browser.click" -> {
                boolean second = Fields.whole(data, "clickCount", 1) > 1;
                if (second) {
                    last.message = ActivityTexts.clicked(data);
                }
                yield second;
            }
            case "browser.scroll" -> true;
            default -> false;
        };
        if (!folds) {
            return null;
        }
        last.durationMs = between(last.time, event.time());
        return last;
    }

    private static @Nullable Long between(String from, String to) {
        try {
            return Math.max(
                    0, Duration.between(Instant.parse(from), Instant.parse(to)).toMillis());
        } catch (DateTimeParseException foreign) {
            return null;
        }
    }
}
