package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.store.NewEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A controller and a browser that say what a test wants, and what is made of it. Not thread-safe. */
final class ObservedConnection {
    static final String PAGE = "P1";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    final List<NewEvent> events = new CopyOnWriteArrayList<>();
    final List<String> kept = new CopyOnWriteArrayList<>();
    final RunObservation observation = new RunObservation("run", "runtime", events::add, (download, file) -> {
        kept.add(download.suggestedFilename() + " " + file.getFileName());
        return "artifact-1";
    });
    final ConnectionTap tap = new ConnectionTap(
            observation, "connection", () -> TIME, Runnable::run, Runnable::run, ConnectionTap.MOST_WAITING, () -> {});
    private long seed;
    private int id;

    /** Sends a command; its answer is due. */
    int command(String method, String params, @Nullable String session) {
        id++;
        new Frames(seed++)
                .message(
                        "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params
                                + (session == null ? "" : ",\"sessionId\":\"" + session + "\"") + "}",
                        true)
                .cut(bytes -> tap.fromController(ByteBuffer.wrap(bytes), false));
        return id;
    }

    ObservedConnection done(String method, String params, @Nullable String session, String result) {
        return answer(command(method, params, session), "\"result\":" + result);
    }

    ObservedConnection answer(int command, String result) {
        return browser("{\"id\":" + command + "," + result + "}");
    }

    ObservedConnection event(String method, String params, @Nullable String session) {
        return browser("{\"method\":\"" + method + "\",\"params\":" + params
                + (session == null ? "" : ",\"sessionId\":\"" + session + "\"") + "}");
    }

    private ObservedConnection browser(String text) {
        new Frames(seed++).message(text, false).cut(bytes -> tap.fromBrowser(ByteBuffer.wrap(bytes), false));
        return this;
    }

    /** Opens a page as Playwright does. */
    ObservedConnection page() {
        done(
                "Target.setAutoAttach",
                "{\"autoAttach\":true,\"waitForDebuggerOnStart\":true,\"flatten\":true}",
                null,
                "{}");
        attached(null, "S1", PAGE, "page", "");
        enable("S1");
        return this;
    }

    ObservedConnection attached(@Nullable String by, String session, String target, String type, String more) {
        return event(
                "Target.attachedToTarget",
                "{\"sessionId\":\"" + session + "\",\"targetInfo\":{\"targetId\":\"" + target + "\",\"type\":\"" + type
                        + "\",\"title\":\"\",\"url\":\"\",\"attached\":true,\"browserContextId\":\"C1\"" + more
                        + "},\"waitingForDebugger\":true}",
                by);
    }

    void enable(String session) {
        for (String domain : List.of("Page", "Log", "Runtime", "Network")) {
            done(domain + ".enable", "{}", session, "{}");
        }
    }

    /** What another session says, such as our own. */
    void other(Feed feed, String method, @Nullable String session, String params) {
        observation.event(
                feed, TIME, method, session, JsonParser.parseString(params).getAsJsonObject());
    }

    List<String> types() {
        return events.stream().map(NewEvent::type).toList();
    }

    JsonObject data(int index) {
        JsonObject data = events.get(index).data();
        return data == null ? new JsonObject() : data;
    }

    NewEvent last() {
        return events.get(events.size() - 1);
    }

    JsonObject lastData() {
        return data(events.size() - 1);
    }
}
