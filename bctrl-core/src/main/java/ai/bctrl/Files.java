package ai.bctrl;

import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.internal.http.UploadBody;
import ai.bctrl.internal.json.Json;
import ai.bctrl.model.CollectFileRequest;
import ai.bctrl.model.CollectedFile;
import ai.bctrl.model.FileQuery;
import ai.bctrl.model.StageFileRequest;
import ai.bctrl.model.StagedFile;
import ai.bctrl.model.StorageFile;
import ai.bctrl.model.StorageFileList;
import ai.bctrl.model.UploadFileRequest;
import com.google.gson.JsonObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Durable files of a space, and their way into runtimes and out of them. Got from {@link BctrlClient#files()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Files {
    private final Transport transport;

    Files(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the files of a space, newest first.
     *
     * @param spaceId the space
     * @param query which files
     * @return the first page
     */
    @ApiRoute("GET /v1/spaces/{id}/storage/files")
    public Page<StorageFile> list(String spaceId, FileQuery query) {
        return list(spaceId, query, RequestOptions.none());
    }

    /** Like {@link #list(String, FileQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/storage/files")
    public Page<StorageFile> list(String spaceId, FileQuery query, RequestOptions options) {
        StorageFileList page =
                transport.send(options.applyTo(files(spaceId, "GET").query(query)), StorageFileList.class);
        return new Page<>(
                page.files(),
                page.nextCursor(),
                cursor -> list(spaceId, new FileQuery(query.prefix(), cursor, query.limit(), query.extra()), options));
    }

    private static ApiCall.Builder files(String spaceId, String method) {
        return method.equals("GET")
                ? ApiCall.get("spaces", spaceId, "storage", "files")
                : ApiCall.post("spaces", spaceId, "storage", "files");
    }

    /**
     * Stores a file. Tried once.
     *
     * @param spaceId the space
     * @param request what shall be known of it
     * @param content the file
     * @return the stored file
     */
    @ApiRoute("POST /v1/spaces/{id}/storage/files")
    public StorageFile upload(String spaceId, UploadFileRequest request, Path content) {
        return upload(spaceId, request, content, RequestOptions.none());
    }

    /**
     * Like {@link #upload(String, UploadFileRequest, Path)}, with settings for this call: its time-out bounds each wait for
     * the service, not the whole.
     */
    @ApiRoute("POST /v1/spaces/{id}/storage/files")
    public StorageFile upload(String spaceId, UploadFileRequest request, Path content, RequestOptions options) {
        return upload(
                spaceId,
                request,
                UploadBody.of(type(request), content),
                String.valueOf(content.getFileName()),
                options);
    }

    /**
     * Stores what a stream holds, as {@link #upload(String, UploadFileRequest, Path)} does.
     *
     * @param content is read to its end and not closed
     */
    public StorageFile upload(String spaceId, UploadFileRequest request, InputStream content) {
        return upload(spaceId, request, UploadBody.of(type(request), content), "file", RequestOptions.none());
    }

    private static String type(UploadFileRequest request) {
        return Objects.requireNonNullElse(request.contentType(), "application/octet-stream");
    }

    private StorageFile upload(
            String spaceId, UploadFileRequest request, UploadBody content, String fileName, RequestOptions options) {
        Map<String, String> form = new LinkedHashMap<>();
        if (request.name() != null) {
            form.put("name", request.name());
        }
        if (request.path() != null) {
            form.put("path", request.path());
        }
        JsonObject metadata = request.metadata();
        if (metadata != null) {
            form.put("metadata", Json.write(metadata));
        }
        return transport
                .transfers()
                .upload(options.applyTo(files(spaceId, "POST")), content.inForm(form, fileName), StorageFile.class);
    }

    /**
     * Reads what is known of a file.
     *
     * @param spaceId the space
     * @param fileId the file
     * @return the file
     */
    @ApiRoute("GET /v1/spaces/{id}/storage/files/{fileId}")
    public StorageFile get(String spaceId, String fileId) {
        return get(spaceId, fileId, RequestOptions.none());
    }

    /** Like {@link #get(String, String)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/storage/files/{fileId}")
    public StorageFile get(String spaceId, String fileId, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.get("spaces", spaceId, "storage", "files", fileId)), StorageFile.class);
    }

    /**
     * Opens the content of a file.
     *
     * @param spaceId the space
     * @param fileId the file
     * @return the content, to be closed by the caller
     */
    @ApiRoute("GET /v1/spaces/{id}/storage/files/{fileId}/content")
    public InputStream open(String spaceId, String fileId) {
        return open(spaceId, fileId, RequestOptions.none());
    }

    /**
     * Like {@link #open(String, String)}, with settings for this call: its time-out bounds each wait for the service, not the
     * whole, and a header {@code Range} asks for a part.
     */
    @ApiRoute("GET /v1/spaces/{id}/storage/files/{fileId}/content")
    public InputStream open(String spaceId, String fileId, RequestOptions options) {
        return transport
                .transfers()
                .download(options.applyTo(ApiCall.get("spaces", spaceId, "storage", "files", fileId, "content")));
    }

    /**
     * Deletes a file.
     *
     * @param spaceId the space
     * @param fileId the file
     */
    @ApiRoute("DELETE /v1/spaces/{id}/storage/files/{fileId}")
    public void delete(String spaceId, String fileId) {
        delete(spaceId, fileId, RequestOptions.none());
    }

    /** Like {@link #delete(String, String)}, with settings for this call. */
    @ApiRoute("DELETE /v1/spaces/{id}/storage/files/{fileId}")
    public void delete(String spaceId, String fileId, RequestOptions options) {
        transport.send(options.applyTo(ApiCall.delete("spaces", spaceId, "storage", "files", fileId)));
    }

    /**
     * Copies a stored file to the machine of a runtime's browser, for example for an upload in a page.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @param request which file
     * @return where the copy lies; it goes with the runtime
     * @throws BctrlConfigurationException if the request names no file, or names it twice
     */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/files/stage")
    public StagedFile stage(String spaceId, String runtimeId, StageFileRequest request) {
        return stage(spaceId, runtimeId, request, RequestOptions.none());
    }

    /** Like {@link #stage(String, String, StageFileRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/files/stage")
    public StagedFile stage(String spaceId, String runtimeId, StageFileRequest request, RequestOptions options) {
        if ((request.fileId() == null) == (request.path() == null)) {
            throw new BctrlConfigurationException("a StageFileRequest needs either fileId or path");
        }
        ApiCall.Builder call = ApiCall.post("spaces", spaceId, "runtimes", runtimeId, "files", "stage")
                .body(request);
        return transport.send(options.applyTo(call), StagedFile.class);
    }

    /**
     * Copies a file from the machine of a runtime's browser into the storage of the space: one that was staged for it or
     * downloaded by it.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @param request which file, and what shall be known of the copy
     * @return the copy
     */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/files/collect")
    public CollectedFile collect(String spaceId, String runtimeId, CollectFileRequest request) {
        return collect(spaceId, runtimeId, request, RequestOptions.none());
    }

    /** Like {@link #collect(String, String, CollectFileRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/files/collect")
    public CollectedFile collect(String spaceId, String runtimeId, CollectFileRequest request, RequestOptions options) {
        ApiCall.Builder call = ApiCall.post("spaces", spaceId, "runtimes", runtimeId, "files", "collect")
                .body(request);
        return transport.send(options.applyTo(call), CollectedFile.class);
    }
}
