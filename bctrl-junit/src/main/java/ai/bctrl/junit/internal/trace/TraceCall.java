package ai.bctrl.junit.internal.trace;

import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of Playwright while its trace is read. Not thread-safe. */
final class TraceCall {
    private static final List<String> TARGETS = List.of("waiting for ", "checking visibility of ");
    private static final List<String> LOCATORS = List.of("locator(", "getBy", "frameLocator(");
    private static final String RESOLVED = "locator resolved to ";
    private static final String UNEXPECTED = "unexpected value ";
    private static final List<String> STATES =
            List.of(" to be visible", " to be hidden", " to be attached", " to be detached");

    private final String id;
    private final JsonObject before;
    private final List<String> unexpected = new ArrayList<>(1);
    private @Nullable String locator;
    private @Nullable String element;

    TraceCall(JsonObject before) {
        this.id = Titles.text(before, "callId");
        this.before = before;
    }

    String id() {
        return id;
    }

    String title() {
        return Titles.text(before, "title");
    }

    String type() {
        return Titles.text(before, "class");
    }

    String method() {
        return Titles.text(before, "method");
    }

    String pageId() {
        return Titles.text(before, "pageId");
    }

    double start() {
        return before.get("startTime").getAsDouble();
    }

    JsonObject params() {
        return before.get("params") instanceof JsonObject params ? params : new JsonObject();
    }

    String selector() {
        return Titles.text(params(), "selector");
    }

    /** {@return what it acted on, in Java; Playwright's own text if its log has it} */
    @Nullable
    String locator() {
        if (locator != null) {
            return locator;
        }
        return selector().isEmpty() ? null : LocatorText.of(selector());
    }

    @Nullable
    String element() {
        return element;
    }

    /** {@return what an assertion found instead; empty if its log does not say so} */
    String unexpected() {
        return unexpected.isEmpty() ? "" : unexpected.get(0);
    }

    /** {@return the value that an assertion found instead; {@code null} if its log does not say so} */
    @Nullable
    String unexpectedValue() {
        int start = unexpected().indexOf('"');
        int end = unexpected().lastIndexOf('"');
        return end > start ? unexpected().substring(start + 1, end) : null;
    }

    /** {@return the text without the value that an assertion found} */
    static String hideUnexpected(String text) {
        int start = text.indexOf(UNEXPECTED + '"');
        int end = text.lastIndexOf('"');
        int value = start + UNEXPECTED.length() + 1;
        return start < 0 || end < value ? text : text.substring(0, value) + Redaction.REPLACEMENT + text.substring(end);
    }

    void log(String message) {
        String text = message.strip();
        if (text.startsWith(RESOLVED)) {
            element = text.substring(text.indexOf('<') < 0 ? RESOLVED.length() : text.indexOf('<'));
        } else if (text.startsWith(UNEXPECTED)) {
            unexpected.clear();
            unexpected.add(text);
        } else if (locator == null) {
            for (String target : TARGETS) {
                if (text.startsWith(target)) {
                    locator = locator(text.substring(target.length()));
                }
            }
        }
    }

    private static @Nullable String locator(String text) {
        String bare = text;
        for (String state : STATES) {
            bare = bare.endsWith(state) ? bare.substring(0, bare.length() - state.length()) : bare;
        }
        return LOCATORS.stream().anyMatch(bare::startsWith) ? bare : null;
    }
}
