package ai.bctrl;

import ai.bctrl.internal.http.ApiCall;
import ai.bctrl.internal.http.Transport;
import ai.bctrl.model.AgentContext;
import ai.bctrl.model.AgentContextQuery;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.DeletedSpace;
import ai.bctrl.model.Space;
import ai.bctrl.model.SpaceList;
import ai.bctrl.model.UpdateSpaceRequest;
import java.util.List;
import java.util.UUID;

/**
 * Spaces: task and permission boundaries. Got from {@link BctrlClient#spaces()}.
 *
 * <p>Thread-safe. Every method makes one request, tried again where that is safe, and throws a {@link
 * ai.bctrl.error.BctrlException}: {@link ai.bctrl.error.BctrlApiException} if the service refuses, {@link
 * ai.bctrl.error.BctrlConnectionException} if it cannot be reached, {@link ai.bctrl.error.BctrlTimeoutException} if it
 * does not answer in time.
 */
public final class Spaces {
    private final Transport transport;

    Spaces(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the spaces that the key can see.
     *
     * @return the spaces
     */
    @ApiRoute("GET /v1/spaces")
    public List<Space> list() {
        return list(RequestOptions.none());
    }

    /** Like {@link #list()}, with settings for this call. */
    @ApiRoute("GET /v1/spaces")
    public List<Space> list(RequestOptions options) {
        return transport
                .send(options.applyTo(ApiCall.get("spaces")), SpaceList.class)
                .spaces();
    }

    /**
     * Creates a space.
     *
     * @param request what to create
     * @return the new space
     */
    @ApiRoute("POST /v1/spaces")
    public Space create(CreateSpaceRequest request) {
        return create(request, RequestOptions.none());
    }

    /** Like {@link #create(CreateSpaceRequest)}, with settings for this call. */
    @ApiRoute("POST /v1/spaces")
    public Space create(CreateSpaceRequest request, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.post("spaces")
                        .body(request)
                        .idempotencyKey(UUID.randomUUID().toString())),
                Space.class);
    }

    /**
     * Reads a space.
     *
     * @param spaceId the space
     * @return the space
     */
    @ApiRoute("GET /v1/spaces/{id}")
    public Space get(String spaceId) {
        return get(spaceId, RequestOptions.none());
    }

    /** Like {@link #get(String)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}")
    public Space get(String spaceId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.get("spaces", spaceId)), Space.class);
    }

    /**
     * Changes name or mounts of a space.
     *
     * @param spaceId the space
     * @param request what to change
     * @return the changed space
     */
    @ApiRoute("PATCH /v1/spaces/{id}")
    public Space update(String spaceId, UpdateSpaceRequest request) {
        return update(spaceId, request, RequestOptions.none());
    }

    /** Like {@link #update(String, UpdateSpaceRequest)}, with settings for this call. */
    @ApiRoute("PATCH /v1/spaces/{id}")
    public Space update(String spaceId, UpdateSpaceRequest request, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.patch("spaces", spaceId).body(request)), Space.class);
    }

    /**
     * Deletes a space with everything in it.
     *
     * @param spaceId the space
     * @return what the service says of it
     */
    @ApiRoute("DELETE /v1/spaces/{id}")
    public DeletedSpace delete(String spaceId) {
        return delete(spaceId, RequestOptions.none());
    }

    /** Like {@link #delete(String)}, with settings for this call. */
    @ApiRoute("DELETE /v1/spaces/{id}")
    public DeletedSpace delete(String spaceId, RequestOptions options) {
        return transport.send(options.applyTo(ApiCall.delete("spaces", spaceId)), DeletedSpace.class);
    }

    /**
     * Reads the guide to a space for coding agents.
     *
     * @param spaceId the space
     * @param query what it should tell
     * @return the guide
     */
    @ApiRoute("GET /v1/spaces/{id}/agent-context")
    public AgentContext agentContext(String spaceId, AgentContextQuery query) {
        return agentContext(spaceId, query, RequestOptions.none());
    }

    /** Like {@link #agentContext(String, AgentContextQuery)}, with settings for this call. */
    @ApiRoute("GET /v1/spaces/{id}/agent-context")
    public AgentContext agentContext(String spaceId, AgentContextQuery query, RequestOptions options) {
        return transport.send(
                options.applyTo(ApiCall.get("spaces", spaceId, "agent-context").query(query)), AgentContext.class);
    }
}
