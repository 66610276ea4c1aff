package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.observe.DownloadSink.Download;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that pages download. Not thread-safe: belongs to its {@link RunObservation}. */
final class DownloadEvents {

    private record Place(String behavior, @Nullable String directory) {}

    private record Begun(
            String url,
            String filename,
            @Nullable Target page,
            @Nullable String contextId) {}

    private final RunLog log;
    private final TargetEvents targets;
    private final DownloadSink sink;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Begun> begun = new Recent<>(1_000);

    DownloadEvents(RunLog log, TargetEvents targets, DownloadSink sink) {
        this.log = log;
        this.targets = targets;
        this.sink = sink;
    }

    /** A controller says where files go. */
    void directed(JsonObject params) {
        places.put(
                Fields.text(params, "browserContextId", ""),
                new Place(Fields.text(params, "behavior", ""), Fields.text(params, "downloadPath")));
    }

    void begun(Moment at, JsonObject params) {
        String guid = Fields.text(params, "guid", "");
        if (!log.isFirst("download " + guid)) {
            return;
        }
        Target page = at.target() == null ? targets.pageOfFrame(Fields.text(params, "frameId")) : at.target();
        String url = EventRedaction.url(Fields.text(params, "url", ""));
        String filename = EventRedaction.cut(Fields.text(params, "suggestedFilename", "download"), 255);
        begun.put(guid, new Begun(url, filename, page, page == null ? null : page.contextId));
        log.add(
                at,
                "download.started",
                page,
                new EventData().plain("guid", guid).plain("url", url).plain("suggestedFilename", filename));
    }

    void progressed(Moment at, JsonObject params) {
        String guid = Fields.text(params, "guid", "");
        String state = Fields.text(params, "state", "");
        Begun download = begun.get(guid);
        if (download == null || state.equals("inProgress")) {
            return;
        }
        Path file = state.equals("completed") ? file(guid, download, params) : null;
        begun.remove(guid);
        if (state.equals("completed")) {
            String artifact = file == null ? null : keep(guid, download, file);
            log.add(
                    at,
                    "download.finished",
                    download.page,
                    new EventData()
                            .plain("guid", guid)
                            .plain("suggestedFilename", download.filename)
                            .number("sizeBytes", Fields.whole(params, "receivedBytes", 0))
                            .plain("artifactId", artifact));
        } else {
            log.add(
                    at,
                    "download.failed",
                    download.page,
                    new EventData()
                            .plain("guid", guid)
                            .plain("reason", state)
                            .plain("suggestedFilename", download.filename));
        }
    }

    private @Nullable String keep(String guid, Begun download, Path file) {
        return sink.keep(
                new Download(
                        log.runId(),
                        log.runtimeId(),
                        guid,
                        download.url,
                        download.filename,
                        download.page == null ? null : download.page.pageId),
                file);
    }

    private @Nullable Path file(String guid, Begun download, JsonObject params) {
        Place place = places.get(download.contextId == null ? "" : download.contextId);
        if (place == null) {
            place = places.get("");
        }
        try {
            String told = Fields.text(params, "filePath");
            if (told != null && Files.isRegularFile(Path.of(told))) {
                return Path.of(told);
            }
            if (place == null || place.directory == null) {
                return null;
            }
            String name = place.behavior.equals("allowAndName") ? guid : download.filename;
            Path directory = Path.of(place.directory);
            Path file = directory.resolve(name);
            return directory.equals(file.getParent()) && Files.isRegularFile(file) ? file : null;
        } catch (InvalidPathException elsewhere) {
            return null;
        }
    }
}
