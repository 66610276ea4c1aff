package ai.bctrl;

import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.OwnerGoodbye;
import ai.bctrl.model.OwnerHeartbeat;
import ai.bctrl.model.OwnerHeartbeatRequest;

/**
 * Owners: those who made runtimes, which name their owner in the metadata field {@code bctrlOwner}. An addition of
 * bctrl-local; other services answer 404. Got from {@link BctrlClient#owners()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Owners {
    private final Transport transport;

    Owners(Transport transport) {
        this.transport = transport;
    }

    /**
     * Says that an owner is there. When it is not heard of again in time, all its runtimes are stopped.
     *
     * @param ownerId 1 to 128 letters, digits, and {@code . _ : -}
     * @param request for how long that holds
     * @return how many runtimes it has, and until when
     */
    @ApiRoute("POST /v1/owners/{ownerId}/heartbeat")
    public OwnerHeartbeat heartbeat(String ownerId, OwnerHeartbeatRequest request) {
        return heartbeat(ownerId, request, RequestOptions.none());
    }

    /** Like {@link #heartbeat(String, OwnerHeartbeatRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/owners/{ownerId}/heartbeat")
    public OwnerHeartbeat heartbeat(String ownerId, OwnerHeartbeatRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("owners", ownerId, "heartbeat")
                        .body(request)
                        .repeatable()),
                OwnerHeartbeat.class);
    }

    /**
     * Says goodbye for an owner: stops what it has left, also what is still being launched.
     *
     * @param ownerId the owner
     * @return how many runtimes were left
     */
    @ApiRoute("DELETE /v1/owners/{ownerId}")
    public OwnerGoodbye leave(String ownerId) {
        return leave(ownerId, RequestOptions.none());
    }

    /** Like {@link #leave(String)}, with settings for this call. */
    @ApiRoute("DELETE /v1/owners/{ownerId}")
    public OwnerGoodbye leave(String ownerId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.delete("owners", ownerId)), OwnerGoodbye.class);
    }
}
