package ai.bctrl.local.internal.observe;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps what was downloaded in a run. Thread-safe. */
@FunctionalInterface
public interface DownloadSink {

    /** Keeps nothing. */
    DownloadSink NONE = (download, file) -> null;

    /**
     * A finished download.
     *
     * @param runId UUID of the run
     * @param runtimeId UUID of the runtime
     * @param guid the browser's id of it
     * @param url where it came from, without secrets
     * @param suggestedFilename as the server or the page named it; not to be trusted
     * @param pageId the page that began it, if it is known
     */
    record Download(
            String runId,
            String runtimeId,
            String guid,
            String url,
            String suggestedFilename,
            @Nullable String pageId) {}

    /**
     * Keeps a file, at once: its owner deletes it as soon as it has read it.
     *
     * @return the id of the artifact; null where the file is not kept
     */
    @Nullable
    String keep(Download download, Path file);
}
