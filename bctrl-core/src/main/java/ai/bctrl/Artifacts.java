package ai.bctrl;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunArtifactList;
import java.io.InputStream;

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
     * Opens the content of an artifact. The API key goes along only if the address is the service's own.
     *
     * @param artifact the artifact, with its {@code downloadUrl}
     * @return the content, to be closed by the caller
     * @throws BctrlConfigurationException if the artifact has no {@code downloadUrl}
     */
    public InputStream open(RunArtifact artifact) {
        String address = artifact.downloadUrl();
        if (address == null) {
            throw new BctrlConfigurationException("artifact " + artifact.id() + " has no downloadUrl");
        }
        return transport.download(address);
    }
}
