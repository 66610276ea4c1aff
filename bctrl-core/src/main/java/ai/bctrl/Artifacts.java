package ai.bctrl;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.internal.http.UploadBody;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunArtifactList;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Artifacts: durable files that runs produced. Got from {@link BctrlClient#artifacts()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Artifacts {
    private final Transport transport;

    Artifacts(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the artifacts of a space, newest first.
     *
     * @param spaceId the space
     * @param query which artifacts
     * @return the first page
     */
    @ApiRoute("GET /v1/spaces/{id}/artifacts")
    public Page<RunArtifact> list(String spaceId, ArtifactQuery query) {
        return list(spaceId, query, RequestOptions.none());
    }

    /** Like {@link #list(String, ArtifactQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/artifacts")
    public Page<RunArtifact> list(String spaceId, ArtifactQuery query, RequestOptions options) {
        RunArtifactList page = transport.send(
                options.applyTo(ApiCall.get("spaces", spaceId, "artifacts").query(query)), RunArtifactList.class);
        return new Page<>(
                page.artifacts(),
                page.nextCursor(),
                cursor -> list(
                        spaceId,
                        new ArtifactQuery(query.runtimeId(), query.kind(), cursor, query.limit(), query.extra()),
                        options));
    }

    /**
     * Adds a file to the artifacts of a run, which may be over. An addition of the local control plane. Tried once.
     *
     * @param runId the run
     * @param kind what it is, such as {@code screenshot}, {@code trace} or {@code report}
     * @param name file name
     * @param contentType media type
     * @param content the file
     * @return the artifact
     */
    @ApiRoute("POST /v1/runs/{id}/artifacts")
    public RunArtifact add(String runId, String kind, String name, String contentType, Path content) {
        return add(runId, kind, name, contentType, content, RequestOptions.none());
    }

    /**
     * Like {@link #add(String, String, String, String, Path)}, with settings for this call: its time-out bounds each wait for
     * the service, not the whole.
     */
    @ApiRoute("POST /v1/runs/{id}/artifacts")
    public RunArtifact add(
            String runId, String kind, String name, String contentType, Path content, RequestOptions options) {
        return add(runId, kind, name, UploadBody.of(contentType, content), options);
    }

    /**
     * Adds what a stream holds, as {@link #add(String, String, String, String, Path)} does.
     *
     * @param content is read to its end and not closed
     */
    public RunArtifact add(String runId, String kind, String name, String contentType, InputStream content) {
        return add(runId, kind, name, UploadBody.of(contentType, content), RequestOptions.none());
    }

    private RunArtifact add(String runId, String kind, String name, UploadBody body, RequestOptions options) {
        ApiCall.Builder call = ApiCall.post("runs", runId, "artifacts").query(Map.of("kind", kind, "name", name));
        return transport.transfers().upload(options.applyTo(call), body, RunArtifact.class);
    }

    /**
     * Opens the content of an artifact. The API key goes along only if the address is the service's own.
     *
     * @param artifact the artifact, with its {@code downloadUrl}
     * @return the content, to be closed by the caller
     * @throws BctrlConfigurationException if the artifact has no {@code downloadUrl}
     */
    public InputStream open(RunArtifact artifact) {
        return transport.transfers().download(address(artifact), null);
    }

    /**
     * Opens a part of the content of an artifact, as {@link #open(RunArtifact)} does.
     *
     * @param offset the first byte, from 0
     * @param length how many bytes to read at most, at least 1
     */
    public InputStream open(RunArtifact artifact, long offset, long length) {
        if (offset < 0 || length < 1) {
            throw new BctrlConfigurationException(
                    "offset must not be negative and length at least 1, but they are " + offset + " and " + length);
        }
        String range = "bytes=" + offset + "-" + Math.addExact(offset, length - 1);
        return transport.transfers().download(address(artifact), range);
    }

    private static String address(RunArtifact artifact) {
        String address = artifact.downloadUrl();
        if (address == null) {
            throw new BctrlConfigurationException("artifact " + artifact.id() + " has no downloadUrl");
        }
        return address;
    }
}
