package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.RecordingExport;
import ai.bctrl.model.RecordingStatus;
import ai.bctrl.model.RunArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Has the control plane make a video of what it recorded of a run, and fetches it. Not thread-safe.
 *
 * @param client the control plane
 * @param runId the run
 * @param temporary where the file is put first
 * @param options the time that is left; fails when it is over
 */
record RecordingEvidence(BctrlClient client, String runId, Path temporary, Supplier<RequestOptions> options) {
    private static final String NAME = "recording.webm";
    private static final long LARGEST = 50L * 1024 * 1024;
    private static final long ASK_MILLIS = 100;

    /**
     * {@return the video}
     *
     * @throws BctrlException if there is none; the message says why
     */
    Evidence fetch() throws IOException {
        RunArtifact video = video(made());
        if (video.sizeBytes() > LARGEST) {
            throw new BctrlException("it has " + video.sizeBytes() + " bytes, more than " + LARGEST);
        }
        Path file = temporary.resolve(NAME);
        try (InputStream content = client.artifacts().open(video)) {
            Files.copy(content, file);
        }
        return Evidence.file(EvidenceKind.RECORDING, NAME, video.contentType(), null, file);
    }

    private String made() {
        while (true) {
            RecordingExport export = export();
            String artifact = export.artifactId();
            if (artifact != null) {
                return artifact;
            } else if (export.status() != RecordingStatus.PREPARING) {
                throw new BctrlException(String.valueOf(export.reason()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ASK_MILLIS));
            if (Thread.currentThread().isInterrupted()) {
                throw new BctrlException("the video was not ready in time");
            }
        }
    }

    private RecordingExport export() {
        try {
            return client.runs().exportRecording(runId, options.get());
        } catch (NotFoundException unknown) {
            throw new BctrlException("this control plane makes no videos", unknown);
        }
    }

    private RunArtifact video(String artifactId) {
        ArtifactQuery recordings =
                ArtifactQuery.builder().kind(List.of("recording")).limit(10).build();
        for (RunArtifact artifact :
                client.runs().artifacts(runId, recordings, options.get()).items()) {
            if (artifact.id().equals(artifactId)) {
                return artifact;
            }
        }
        throw new BctrlException("the run has no artifact " + artifactId);
    }
}
