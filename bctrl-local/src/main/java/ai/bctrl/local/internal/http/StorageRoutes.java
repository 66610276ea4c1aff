package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.model.CollectFileRequest;
import ai.bctrl.model.FileQuery;
import ai.bctrl.model.StageFileRequest;
import ai.bctrl.model.StorageFile;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** The routes of stored files, and of files on the way into a runtime and out of it. */
final class StorageRoutes {

    private static final String FILES = "/v1/spaces/{id}/storage/files";
    private static final String FILE = FILES + "/{fileId}";
    private static final String RUNTIME_FILES = "/v1/spaces/{id}/runtimes/{runtimeId}/files";

    private final Services services;

    StorageRoutes(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.now("listFiles", "GET", FILES, Route.Kind.READ, this::list),
                new Route("uploadFile", "POST", FILES, Route.Kind.WRITE, Route.Body.STREAM, call -> {
                    requireFits(services, call.upload());
                    services.spaces().get(call.path("id"));
                    return new FileForm(services.files(), services.fileWork())
                            .read(
                                    call.upload(),
                                    (file, content) -> services.files().adopt(call.path("id"), file, content));
                }),
                Route.now(
                        "getFile",
                        "GET",
                        FILE,
                        Route.Kind.READ,
                        call -> services.files().get(call.path("id"), call.path("fileId"))),
                Route.now("deleteFile", "DELETE", FILE, Route.Kind.WRITE, call -> {
                    services.files().delete(call.path("id"), call.path("fileId"));
                    return Map.of("id", call.path("fileId"), "deleted", true);
                }),
                Route.now("downloadFile", "GET", FILE + "/content", Route.Kind.READ, this::content),
                Route.now(
                        "stageFile",
                        "POST",
                        RUNTIME_FILES + "/stage",
                        Route.Kind.WRITE,
                        call -> services.runtimeFiles()
                                .stage(call.path("id"), call.path("runtimeId"), call.body(StageFileRequest.class))),
                Route.now(
                        "collectFile",
                        "POST",
                        RUNTIME_FILES + "/collect",
                        Route.Kind.WRITE,
                        call -> services.runtimeFiles()
                                .collect(
                                        call.path("id"), call.path("runtimeId"), call.body(CollectFileRequest.class))));
    }

    /** Refuses early what is announced to be too large. */
    static void requireFits(Services services, Upload upload) {
        long max = services.files().maxBytes();
        // A form is a little longer than the file in it.
        if (upload.length() > max + (64 << 10)) {
            throw new ApiProblem(
                    413,
                    "file.too_large",
                    "The file is larger than " + max + " bytes, the most that this control plane takes.",
                    Map.of("maxBytes", max));
        }
    }

    private Object list(Call call) {
        Query query = call.query();
        return services.files()
                .list(
                        call.path("id"),
                        new FileQuery(query.text("prefix"), query.text("cursor"), query.limit(), new JsonObject()));
    }

    private Object content(Call call) {
        StorageFile file = services.files().get(call.path("id"), call.path("fileId"));
        return new FileAnswer(file, services.files().content(call.path("id"), file));
    }
}
