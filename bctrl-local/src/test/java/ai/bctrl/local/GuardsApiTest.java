package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsApiTest {
    private final TestServer server =
            TestServer.start(options -> options.apiKey("all-powerful").readOnlyApiKey("just-looking"));
    private final Api api = server.api;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersHealthWithoutAKey() {
        Reply health = api.withKey(null).get("/health").expect(200);
        assertThat(health.text()).isEqualTo("{\"status\":\"ok\",\"live\":true,\"ready\":true,\"reasons\":[]}");
        assertThat(health.headers().firstValue("server")).isEmpty();
    }

    @Test
    void wantsAKeyForEverythingElse() {
        Reply missing = api.withKey(null).get("/v1/spaces").expectError(401, "auth.required");
        assertThat(missing.headers().firstValue("www-authenticate")).hasValue("Bearer");
        api.withKey("wrong").get("/v1/spaces").expectError(401, "auth.invalid");
        api.withKey("all-powerfu").get("/v1/spaces").expectError(401, "auth.invalid");
        api.send("GET", "/v1/spaces", null, "Authorization", "Basic YTpi").expectError(401, "auth.invalid");
        api.withKey(null).get("/nowhere").expectError(401, "auth.required");
    }

    @Test
    void letsAReadingKeyReadOnly() {
        Api reader = api.withKey("just-looking");
        String runtime = api.newRuntime();
        String run = api.get("/v1/runs").each("runs", "id").get(0);
        reader.get("/v1/spaces").expect(200);
        reader.get(runtime).expect(200);
        reader.post("/v1/runs/" + run + "/events/wait", "{}").expect(200);
        reader.post("/v1/spaces", "{\"name\":\"x\"}").expectError(403, "auth.forbidden");
        reader.send("POST", runtime + "/stop", null).expectError(403, "auth.forbidden");
        reader.newConnection(runtime).expectError(403, "auth.forbidden");
        reader.delete("/v1/spaces/" + api.defaultSpace()).expectError(403, "auth.forbidden");
        assertThat(reader.get("/v1/auth/whoami").text("keyId"))
                .isNotEqualTo(api.get("/v1/auth/whoami").text("keyId"));
    }

    @Test
    void aRefusedBodyDoesNotSpoilTheConnection() {
        Api stranger = api.withKey("nobody");
        for (int i = 0; i < 50; i++) {
            stranger.post("/v1/spaces", "{\"name\":\"x\"}").expectError(401, "auth.invalid");
        }
    }

    @Test
    void namesEachAnswerDifferently() {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(api.get("/v1/spaces").headers().firstValue("x-request-id").orElseThrow());
        }
        assertThat(ids).hasSize(20).allMatch(id -> id.matches("req_[0-9a-z]{20}"));
    }

    @Test
    void answersHeadLikeGet() {
        Reply head = api.send("HEAD", "/v1/spaces", null).expect(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.headers().firstValue("content-length"))
                .isEqualTo(api.get("/v1/spaces").headers().firstValue("content-length"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.test, 403",
        "null, 403",
        "https://127.0.0.1:PORT, 403",
        "http://127.0.0.1:1, 403",
        "http://127.0.0.1:PORT, 200",
        "http://localhost:PORT, 200"
    })
    void takesOnlyItsOwnOrigin(String origin, int status) {
        String port = server.local.baseUrl().substring(server.local.baseUrl().lastIndexOf(':') + 1);
        Reply reply = api.send("GET", "/v1/spaces", null, "Origin", origin.replace("PORT", port));
        if (status == 200) {
            reply.expect(200);
        } else {
            reply.expectError(403, "request.origin_forbidden");
        }
    }
}
