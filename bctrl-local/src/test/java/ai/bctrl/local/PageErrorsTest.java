package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What pages answer to requests that they did not make themselves; each was found by fuzzing. */
class PageErrorsTest {
    private final TestServer server = TestServer.start();
    private final Api api = server.api;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aFormThatIsTooLargeIsNoFault() {
        Reply reply = api.send(
                "POST",
                "/console/sign-in",
                "key=" + "x".repeat(20_000),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(reply.expect(413).text()).contains("The form is too large.");
        api.get("/v1/spaces").expect(200);
    }

    @Test
    void errorsOfTheReplayHaveTheFormOfTheApi() {
        api.get("/replay/nobody/frames.json").expectError(404, "recording.lease_over");
        api.send("PUT", "/replay/nobody", "{}").expectError(405, "route.method_not_allowed");
    }
}
