package ai.bctrl.local.internal.observe;

import ai.bctrl.model.ActivityItem;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the timeline while it may still change. Not thread-safe. */
final class ActivityRow {

    final String id;
    final String time;
    final String type;
    final String category;
    String message;

    @Nullable
    String status;

    @Nullable
    String severity;

    @Nullable
    Long durationMs;

    @Nullable
    String parentId;

    @Nullable
    String pageId;

    boolean debug;

    /** How many acts are folded into it. */
    int count = 1;

    ActivityRow(String id, String time, String type, String category, String message) {
        this.id = id;
        this.time = time;
        this.type = type;
        this.category = category;
        this.message = message;
    }

    ActivityRow debug() {
        debug = true;
        return this;
    }

    ActivityRow severity(String value) {
        severity = value;
        return this;
    }

    ActivityRow status(String value) {
        status = value;
        return this;
    }

    /** The row as it is now. */
    ActivityItem item(@Nullable List<ActivityItem> children) {
        JsonObject extra = new JsonObject();
        extra.addProperty("id", id);
        extra.addProperty("category", category);
        if (parentId != null) {
            extra.addProperty("parentId", parentId);
        }
        if (pageId != null) {
            extra.addProperty("pageId", pageId);
        }
        return new ActivityItem(time, type, message, status, severity, durationMs, children, extra);
    }
}
