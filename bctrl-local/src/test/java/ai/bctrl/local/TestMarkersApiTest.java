package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestMarkersApiTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;

    @AfterEach
    void close() {
        server.close();
    }

    private String newRun(String metadata) {
        return api.post(
                        "/v1/spaces/" + api.defaultSpace() + "/runtimes",
                        "{\"type\":\"browser\",\"metadata\":" + metadata + "}")
                .expect(200)
                .text("activeRunId");
    }

    private Reply tell(String run, String... events) {
        return api.post("/v1/runs/" + run + "/events", "{\"events\":[" + String.join(",", events) + "]}");
    }

    private JsonObject test(String run) {
        return api.get("/v1/runs/" + run).expect(200).object("test");
    }

    private static String finished(String outcome) {
        return "{\"type\":\"test.finished\",\"data\":{\"outcome\":\"" + outcome + "\"}}";
    }

    @Test
    void knowsTheTestFromTheMetadataOfTheRuntime() {
        String run = newRun("{\"bctrlTestClass\":\"shop.CheckoutTest\",\"bctrlTestMethod\":\"buys\","
                + "\"bctrlTest\":\"buys a book\",\"bctrlTestInvocation\":2,\"bctrlTestAttempt\":1,\"other\":true}");
        assertThat(test(run))
                .hasToString("{\"attempt\":1,\"class\":\"shop.CheckoutTest\",\"displayName\":\"buys a book\","
                        + "\"invocation\":2,\"method\":\"buys\"}");
        Reply events = api.get("/v1/runs/" + run + "/events?kind=test");
        assertThat(events.each("events", "type")).containsExactly("test.started");
        assertThat(events.each("events", "source")).containsExactly("client");
        assertThat(api.get("/v1/runs/" + newRun("{}")).json().has("test")).isFalse();
    }

    @Test
    void keepsWhatATestTells() {
        String run = newRun("{}");
        Reply told = tell(
                        run,
                        "{\"type\":\"test.started\",\"data\":{\"class\":\"A\",\"method\":\"b\",\"attempt\":1,\"secret\":1}}",
                        "{\"type\":\"test.step.started\",\"time\":\"2027-01-31T13:00:00.5+01:00\",\"data\":{\"name\":\"s\"}}",
                        finished("passed"))
                .expect(200);
        assertThat(told.each("events", "type")).containsExactly("test.started", "test.step.started", "test.finished");
        assertThat(told.each("events", "time").get(1)).isEqualTo("2027-01-31T12:00:00.500Z");
        assertThat(api.get("/v1/runs/" + run + "/events?kind=test").each("events", "id"))
                .isEqualTo(told.each("events", "id"));
        assertThat(test(run)).hasToString("{\"attempt\":1,\"class\":\"A\",\"method\":\"b\",\"outcome\":\"passed\"}");
    }

    @Test
    void keepsNoSecretsOfWhatATestTells() {
        String run = newRun("{}");
        tell(
                        run,
                        "{\"type\":\"test.failed\",\"data\":{\"message\":\"at https://u:canary1@shop.test/?token=canary2\","
                                + "\"more\":[{\"text\":\"password=canary3\"},7]}}")
                .expect(200);
        String kept = api.get("/v1/runs/" + run + "/events?kind=test").text();
        assertThat(kept).contains("shop.test").contains("7").doesNotContain("canary");
    }

    @Test
    void remembersTheWorstOutcomeOfSeveralTests() {
        String run = newRun("{}");
        for (String outcome : new String[] {"passed", "failed", "aborted", "passed"}) {
            tell(run, finished(outcome)).expect(200);
        }
        assertThat(test(run).get("outcome").getAsString()).isEqualTo("failed");
    }

    @Test
    void findsRunsByTestAndOutcome() {
        String checkout = newRun("{\"bctrlTestClass\":\"shop.CheckoutTest\",\"bctrlTestMethod\":\"buys\"}");
        String search = newRun("{\"bctrlTestClass\":\"shop.SearchTest\",\"bctrlTest\":\"50% off, \u20ac_\"}");
        tell(checkout, finished("failed")).expect(200);
        assertThat(api.get("/v1/runs?search=CHECKOUT").each("runs", "id")).containsExactly(checkout);
        assertThat(api.get("/v1/runs?search=50%25%20off").each("runs", "id")).containsExactly(search);
        assertThat(api.get("/v1/runs?search=shop.").each("runs", "id")).containsExactly(search, checkout);
        assertThat(api.get("/v1/runs?outcome=failed").each("runs", "id")).containsExactly(checkout);
        assertThat(api.get("/v1/runs?outcome=failed&search=search").array("runs"))
                .isEmpty();
        api.get("/v1/runs?outcome=great").expectError(400, "request.invalid");
    }

    @Test
    void repeatsNothingForTheSameKey() {
        String run = newRun("{}");
        String body = "{\"events\":[{\"type\":\"test.step.started\"}]}";
        Reply first = api.send("POST", "/v1/runs/" + run + "/events", body, "Idempotency-Key", "k");
        Reply second = api.send("POST", "/v1/runs/" + run + "/events", body, "Idempotency-Key", "k");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(api.get("/v1/runs/" + run + "/events?kind=test").array("events"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"page.load\"}",
                "{\"type\":\"test.\"}",
                "{\"type\":\"test.finished\"}",
                "{\"type\":\"test.finished\",\"data\":{\"outcome\":\"unknown\"}}",
                "{\"type\":\"test.x\",\"time\":\"yesterday\"}",
                "{\"type\":\"test.x\",\"source\":\"cdp\"}"
            })
    void refusesWhatIsNoEventOfATest(String event) {
        String run = newRun("{}");
        tell(run, "{\"type\":\"test.step.started\"}", event).expectError(400, "request.invalid");
        assertThat(api.get("/v1/runs/" + run + "/events?kind=test").array("events"))
                .isEmpty();
    }

    @Test
    void boundsWhatIsTold() {
        String run = newRun("{}");
        tell(run).expectError(400, "request.invalid");
        String[] many = new String[101];
        java.util.Arrays.fill(many, "{\"type\":\"test.x\"}");
        tell(run, many).expectError(400, "request.invalid");
        tell(run, "{\"type\":\"test.x\",\"data\":{\"text\":\"" + "x".repeat(17_000) + "\"}}")
                .expectError(400, "request.invalid");
        tell("00000000-0000-0000-0000-000000000000", many[0]).expectError(404, "run.not_found");
    }

    @Test
    void numbersTheEventsOfARun() {
        String run = newRun("{}");
        tell(run, "{\"type\":\"test.x\"}", "{\"type\":\"test.y\"}").expect(200);
        assertThat(api.get("/v1/runs/" + run + "/events").each("events", "sequence").stream()
                        .map(Long::valueOf))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(4);
    }
}
