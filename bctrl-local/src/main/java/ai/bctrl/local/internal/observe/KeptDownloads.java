package ai.bctrl.local.internal.observe;

import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Artifacts;
import ai.bctrl.local.internal.service.NewArtifact;
import ai.bctrl.local.internal.service.RuntimeFiles;
import com.google.gson.JsonObject;
import java.net.URLConnection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps downloads as artifacts of their run, and lets controllers elsewhere collect them. Thread-safe. */
public final class KeptDownloads implements DownloadSink {

    private final Artifacts artifacts;
    private final RuntimeFiles files;

    /** Creates a keeper of downloads. */
    public KeptDownloads(Artifacts artifacts, RuntimeFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    @Override
    public @Nullable String keep(Download download, Path file) {
        files.downloaded(download.runtimeId(), file);
        JsonObject extra = new JsonObject();
        extra.addProperty("guid", download.guid());
        extra.addProperty("url", download.url());
        String name = download.suggestedFilename();
        try {
            return artifacts
                    .add(
                            download.runId(),
                            new NewArtifact("download", name, URLConnection.guessContentTypeFromName(name), extra),
                            file)
                    .id();
        } catch (ApiProblem notKept) {
            System.getLogger(KeptDownloads.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "a download of run {0} is not kept: {1}",
                            download.runId(),
                            notKept);
            return null;
        }
    }
}
