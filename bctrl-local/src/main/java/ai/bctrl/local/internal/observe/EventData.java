package ai.bctrl.local.internal.observe;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Collects the data of one event, within bounds and without secrets. Not thread-safe. */
final class EventData {

    /** The most that the texts of one event take, in bytes; the rest stays below 16 KB together with the names. */
    private static final int MAX_BYTES = 15_000;

    private final JsonObject json = new JsonObject();
    private int left = MAX_BYTES;

    /** Adds a text, unless there is none. */
    EventData text(String name, @Nullable String value) {
        return value == null ? this : plain(name, EventRedaction.text(value));
    }

    /** Adds a URL, unless there is none. */
    EventData url(String name, @Nullable String value) {
        return value == null ? this : plain(name, EventRedaction.url(value));
    }

    /** Adds a word that holds no secret, unless there is none. */
    EventData plain(String name, @Nullable String value) {
        if (value != null && left > 0) {
            String kept = value.length() * 3L <= left ? value : EventRedaction.cut(value, Math.max(2, left / 3));
            left -= kept.length() * 3;
            json.addProperty(name, kept);
        }
        return this;
    }

    EventData number(String name, @Nullable Number value) {
        if (value != null) {
            json.addProperty(name, value);
        }
        return this;
    }

    EventData flag(String name, boolean value) {
        json.addProperty(name, value);
        return this;
    }

    /** Adds the flag if it is true. */
    EventData flagIf(String name, boolean value) {
        return value ? flag(name, true) : this;
    }

    JsonObject json() {
        return json;
    }
}
