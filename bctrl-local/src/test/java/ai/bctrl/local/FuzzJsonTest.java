package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.local.fuzz.Fuzz;
import ai.bctrl.local.fuzz.SocketJunk;
import ai.bctrl.model.AddRunEventsRequest;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.CreateSpaceRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzJsonTest {
    private static final List<Class<?>> TYPES = List.of(
            AddRunEventsRequest.class,
            CreateConnectionRequest.class,
            CreateRuntimeRequest.class,
            CreateSpaceRequest.class);

    /** The decoder gives a value or says what is wrong, and nothing else. */
    @Test
    void jsonIsReadOrRefused() {
        Fuzz.each(Fuzz.texts(), junk -> {
            String text = junk.chance(30)
                    ? SocketJunk.message(junk)
                    : junk.like(
                            "{\"name\":\"a\",\"metadata\":{\"a\":[1,2.5,null,true]}}",
                            "{\"type\":\"browser\",\"config\":{\"proxy\":{\"mode\":\"custom\",\"port\":80}}}",
                            "{\"protocol\":\"cdp\",\"ttlSeconds\":60}",
                            "{\"events\":[{\"type\":\"test.step\",\"data\":{\"a\":\"\\ud800\"}}]}");
            Class<?> type = junk.pick(TYPES);
            try {
                Object value = junk.chance(50) ? Json.readStrictly(text, type) : Json.read(text, type);
                assertThat(Json.write(value)).startsWith("{");
            } catch (BctrlDecodingException told) {
                assertThat(told.problem()).isNotBlank();
            }
        });
    }
}
