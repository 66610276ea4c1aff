package ai.bctrl.local.internal.recording;

import ai.bctrl.local.internal.recording.FrameLog.Frame;
import ai.bctrl.local.internal.recording.FrameLog.Mark;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** What the replay page is told. Immutable. */
final class ReplayJson {

    private ReplayJson() {}

    /**
     * {@return the recording's state, with its pictures from a number on: each is {@code [t, page, width, height]}}
     *
     * @param from how many pictures the page knows already
     */
    static JsonObject frames(Replay.View view, int from, JsonObject export) {
        JsonObject json = new JsonObject();
        json.addProperty("runId", view.runId());
        json.addProperty("startedAt", view.startedAt().toString());
        json.addProperty("status", view.status().wireName());
        json.addProperty("reason", view.reason());
        json.addProperty("durationMs", view.durationMs());
        json.addProperty("live", view.live());
        json.add("export", export);
        List<Frame> frames = view.log().frames();
        int first = Math.max(0, Math.min(from, frames.size()));
        json.addProperty("from", first);
        JsonArray list = new JsonArray();
        for (Frame frame : frames.subList(first, frames.size())) {
            JsonArray item = new JsonArray();
            item.add(frame.millis());
            item.add(frame.page());
            item.add(frame.width());
            item.add(frame.height());
            list.add(item);
        }
        json.add("frames", list);
        JsonArray marks = new JsonArray();
        for (Mark mark : view.log().marks()) {
            JsonObject item = new JsonObject();
            item.addProperty("t", mark.millis());
            item.addProperty("page", mark.page());
            item.addProperty("mark", mark.what());
            marks.add(item);
        }
        json.add("marks", marks);
        return json;
    }
}
