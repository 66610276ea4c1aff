package ai.bctrl;

import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.RuntimeList;
import java.util.List;
import java.util.UUID;

/**
 * Runtimes: live browsers. Got from {@link BctrlClient#runtimes()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Runtimes {
    private final Transport transport;

    Runtimes(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the runtimes of a space.
     *
     * @param spaceId the space
     * @return the runtimes
     */
    @ApiRoute("GET /v1/spaces/{id}/runtimes")
    public List<BrowserRuntime> list(String spaceId) {
        return list(spaceId, RequestOptions.none());
    }

    /** Like {@link #list(String)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/runtimes")
    public List<BrowserRuntime> list(String spaceId, RequestOptions options) {
        return transport
                .send(options.applyTo(ApiCall.get("spaces", spaceId, "runtimes")), RuntimeList.class)
                .runtimes();
    }

    /**
     * Creates a runtime, which is launched at once and costs until it is stopped.
     *
     * @param spaceId the space
     * @param request what to launch
     * @return the active runtime
     */
    @ApiRoute("POST /v1/spaces/{id}/runtimes")
    public BrowserRuntime create(String spaceId, CreateRuntimeRequest request) {
        return create(spaceId, request, RequestOptions.none());
    }

    /** Like {@link #create(String, CreateRuntimeRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/spaces/{id}/runtimes")
    public BrowserRuntime create(String spaceId, CreateRuntimeRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("spaces", spaceId, "runtimes")
                        .body(request)
                        .idempotencyKey(UUID.randomUUID().toString())),
                BrowserRuntime.class);
    }

    /**
     * Reads a runtime.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @return the runtime
     */
    @ApiRoute("GET /v1/spaces/{id}/runtimes/{runtimeId}")
    public BrowserRuntime get(String spaceId, String runtimeId) {
        return get(spaceId, runtimeId, RequestOptions.none());
    }

    /** Like {@link #get(String, String)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/runtimes/{runtimeId}")
    public BrowserRuntime get(String spaceId, String runtimeId, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.get("spaces", spaceId, "runtimes", runtimeId)), BrowserRuntime.class);
    }

    /**
     * Stops a runtime: ends the browser and refuses new attaches. Stopping twice does no harm.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @return the stopped runtime
     */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/stop")
    public BrowserRuntime stop(String spaceId, String runtimeId) {
        return stop(spaceId, runtimeId, RequestOptions.none());
    }

    /** Like {@link #stop(String, String)}, with settings for this call. */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/stop")
    public BrowserRuntime stop(String spaceId, String runtimeId, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("spaces", spaceId, "runtimes", runtimeId, "stop")
                        .repeatable()),
                BrowserRuntime.class);
    }
}
