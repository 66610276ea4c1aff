package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpacesApiTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hasADefaultSpaceFromTheStart() {
        JsonObject whoami = api.get("/v1/auth/whoami").expect(200).json();
        assertThat(whoami.keySet())
                .containsExactlyInAnyOrder(
                        "defaultSpaceId",
                        "effectiveScope",
                        "email",
                        "keyId",
                        "organizationId",
                        "plan",
                        "scope",
                        "subaccountId");
        assertThat(whoami.get("keyId").getAsString()).isNotEmpty().doesNotContain(server.local.apiKey());
        assertThat(api.get("/v1/spaces").each("spaces", "id")).containsExactly(api.defaultSpace());
        assertThat(api.get("/v1/spaces/" + api.defaultSpace()).text("name")).isEqualTo("default");
        api.delete("/v1/spaces/" + api.defaultSpace()).expectError(409, "space.default_stays");
    }

    @Test
    void createsReadsChangesAndDeletesASpace() {
        Reply created = api.post(
                        "/v1/spaces",
                        "{\"name\":\"shop\",\"region\":\"us-east\",\"metadata\":{\"team\":\"a\"},"
                                + "\"mounts\":{\"storage\":{\"space\":\"s\"}}}")
                .expect(200);
        String path = "/v1/spaces/" + created.text("id");
        assertThat(api.get(path).expect(200).json()).isEqualTo(created.json());

        Reply renamed = api.send("PATCH", path, "{\"name\":\"store\"}").expect(200);
        assertThat(renamed.text("name")).isEqualTo("store");
        assertThat(renamed.object("mounts")).isEqualTo(created.object("mounts"));
        assertThat(renamed.object("metadata")).isEqualTo(created.object("metadata"));

        Reply deleted = api.delete(path).expect(200);
        assertThat(deleted.text("id")).isEqualTo(created.text("id"));
        assertThat(deleted.json().get("deleted").getAsBoolean()).isTrue();
        api.get(path).expectError(404, "space.not_found");
        api.delete(path).expectError(404, "space.not_found");
    }

    @Test
    void stopsTheRuntimesOfADeletedSpaceAndForgetsTheirRuns() {
        String space =
                "/v1/spaces/" + api.post("/v1/spaces", "{\"name\":\"s\"}").text("id");
        Reply runtime = api.post(space + "/runtimes", "{\"type\":\"browser\"}").expect(200);
        Reply connection =
                api.newConnection(space + "/runtimes/" + runtime.text("id")).expect(200);
        try (TestSocket socket = server.attach(connection)) {
            api.delete(space).expect(200);
            assertThat(socket.awaitClose()).isEqualTo(new TestSocket.Closed(1001, "runtime stopped"));
        }
        assertThat(server.engine.last().isClosed()).isTrue();
        api.get("/v1/runs/" + runtime.text("activeRunId")).expectError(404, "run.not_found");
        assertThat(TestSocket.refusal(TestServer.url(connection))).isEqualTo(404);
    }

    @Test
    void tellsAnAgentWhatItCanDo() {
        String runtime = api.newRuntime();
        String space = "/v1/spaces/" + api.defaultSpace();
        Reply context = api.get(space + "/agent-context?detail=full&runtimeId="
                        + runtime.substring(runtime.lastIndexOf('/') + 1))
                .expect(200);
        assertThat(context.each("operations", "id")).contains("createRuntime", "createConnection", "getAgentContext");
        assertThat(context.object("runtime").get("status").getAsString()).isEqualTo("active");
        assertThat(context.array("rules")).isNotEmpty();
        assertThat(context.array("examples")).isNotEmpty();
        api.get(space + "/agent-context?runtimeId=00000000-0000-0000-0000-000000000000")
                .expectError(404, "runtime.not_found");
    }
}
