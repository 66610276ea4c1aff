package ai.bctrl;

import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.ConnectionList;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.RuntimeConnection;
import java.util.List;
import java.util.UUID;

/**
 * Connections: short leases on runtimes. Got from {@link BctrlClient#connections()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Connections {
    private final Transport transport;

    Connections(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the leases of a runtime, without their addresses.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @return the leases
     */
    @ApiRoute("GET /v1/spaces/{id}/runtimes/{runtimeId}/connections")
    public List<RuntimeConnection> list(String spaceId, String runtimeId) {
        return list(spaceId, runtimeId, RequestOptions.none());
    }

    /** Like {@link #list(String, String)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/runtimes/{runtimeId}/connections")
    public List<RuntimeConnection> list(String spaceId, String runtimeId, RequestOptions options) {
        return transport
                .send(
                        options.applyTo(ApiCall.get("spaces", spaceId, "runtimes", runtimeId, "connections")),
                        ConnectionList.class)
                .connections();
    }

    /**
     * Creates a lease. Its address is shown only in this answer. A runtime that somebody else controls is refused with {@link ai.bctrl.error.ConflictException} and {@code runtime.controller_busy}.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @param request the lease that is wanted
     * @return the lease with its address
     */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/connections")
    public CreatedConnection create(String spaceId, String runtimeId, CreateConnectionRequest request) {
        return create(spaceId, runtimeId, request, RequestOptions.none());
    }

    /** Like {@link #create(String, String, CreateConnectionRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/spaces/{id}/runtimes/{runtimeId}/connections")
    public CreatedConnection create(
            String spaceId, String runtimeId, CreateConnectionRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("spaces", spaceId, "runtimes", runtimeId, "connections")
                        .body(request)
                        .idempotencyKey(UUID.randomUUID().toString())),
                CreatedConnection.class);
    }

    /**
     * Ends a lease early. Sockets that are open may finish. Revoking twice does no harm.
     *
     * @param spaceId the space
     * @param runtimeId the runtime
     * @param connectionId the lease
     * @return the ended lease
     */
    @ApiRoute("DELETE /v1/spaces/{id}/runtimes/{runtimeId}/connections/{connectionId}")
    public RuntimeConnection revoke(String spaceId, String runtimeId, String connectionId) {
        return revoke(spaceId, runtimeId, connectionId, RequestOptions.none());
    }

    /** Like {@link #revoke(String, String, String)}, with settings for this call. */
    @ApiRoute("DELETE /v1/spaces/{id}/runtimes/{runtimeId}/connections/{connectionId}")
    public RuntimeConnection revoke(String spaceId, String runtimeId, String connectionId, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.delete("spaces", spaceId, "runtimes", runtimeId, "connections", connectionId)),
                RuntimeConnection.class);
    }
}
