package ai.bctrl.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.FingerprintLocale;
import ai.bctrl.model.ProxyAffinity;
import ai.bctrl.model.ProxyConfig;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.RuntimeBacking;
import ai.bctrl.model.RuntimeConfig;
import ai.bctrl.model.RuntimeStatus;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    private static final String RUNTIME = """
            {"id":"r1","spaceId":"s1","name":"crm","type":"browser","kind":"browser","status":"%s","region":"local",
             "activeRunId":null,"backing":%s,"capabilities":["cdp"],"connections":{"cdp":{"available":true}},
             "metadata":null,"createdAt":"2026-11-22T03:00:00Z","updatedAt":"2026-11-22T03:00:00Z"%s}""";

    @Test
    void fieldsOfANewerServiceSurviveThereAndBack() {
        String json = RUNTIME.formatted("active", "{\"kind\":\"ephemeral\"}", ",\"gpu\":{\"model\":\"x\"}");

        BrowserRuntime runtime = Json.read(json, BrowserRuntime.class);

        assertThat(runtime.extra().get("gpu")).hasToString("{\"model\":\"x\"}");
        assertThat(JsonParser.parseString(Json.write(runtime))).isEqualTo(JsonParser.parseString(json));
    }

    @Test
    void anUnknownStatusIsUnknownAndKeepsItsText() {
        String json = RUNTIME.formatted("hibernating", "{\"kind\":\"ephemeral\"}", "");

        BrowserRuntime runtime = Json.read(json, BrowserRuntime.class);

        assertThat(runtime.status()).isEqualTo(RuntimeStatus.UNKNOWN);
        assertThat(runtime.extra().get("status").getAsString()).isEqualTo("hibernating");
        assertThat(JsonParser.parseString(Json.write(runtime))).isEqualTo(JsonParser.parseString(json));
    }

    @Test
    void anUnknownVariantSurvivesThereAndBack() {
        String json = RUNTIME.formatted("active", "{\"kind\":\"snapshot\",\"snapshot\":\"s9\"}", "");

        BrowserRuntime runtime = Json.read(json, BrowserRuntime.class);

        assertThat(runtime.backing()).isInstanceOf(RuntimeBacking.Unknown.class);
        assertThat(JsonParser.parseString(Json.write(runtime))).isEqualTo(JsonParser.parseString(json));
    }

    @Test
    void anEventOfANewTypeIsAnEventLikeAnyOther() {
        RunEventList events = Json.read("""
                {"events":[{"type":"page.levitated","time":"2026-11-22T03:00:00Z","source":"browser","height":3}]}""", RunEventList.class);

        assertThat(events.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("page.levitated");
            assertThat(event.extra().get("height").getAsInt()).isEqualTo(3);
        });
    }

    @Test
    void unionsAreWrittenWithTheirTag() {
        RuntimeConfig config = RuntimeConfig.builder()
                .proxy(new ProxyConfig.Saved(
                        "p1",
                        ai.bctrl.model.ProxyOverrides.builder()
                                .affinity(new ProxyAffinity.Sticky("cart"))
                                .build()))
                .build();

        assertThat(Json.write(config))
                .isEqualTo("{\"proxy\":{\"mode\":\"saved\",\"id\":\"p1\",\"overrides\":"
                        + "{\"affinity\":{\"strategy\":\"sticky\",\"key\":\"cart\"}}}}");
    }

    @Test
    void localesHaveTheirWireNamesInEveryDefaultLocale() {
        assertThat(FingerprintLocale.IT_IT.wireName()).isEqualTo("it-IT");
        assertThat(Json.read("{\"locale\":\"it-IT\"}", ai.bctrl.model.Fingerprint.class)
                        .locale())
                .isEqualTo(FingerprintLocale.IT_IT);
    }

    @Test
    void aMissingRequiredFieldIsNamed() {
        assertThatThrownBy(() -> Json.read("{\"runs\":[{\"id\":\"x\"}]}", ai.bctrl.model.RunList.class))
                .isInstanceOf(BctrlDecodingException.class)
                .hasMessage("runs[0].runtimeId: is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"browser\",\"nmae\":\"x\"} | nmae",
                "{\"type\":\"toaster\"} | type",
                "{\"type\":\"browser\",\"name\":7} | name",
                "{\"type\":\"browser\",\"config\":{\"humanizePersonaId\":1.5}} | config.humanizePersonaId",
                "{\"type\":\"browser\",\"config\":{\"humanizePersonaId\":1e999999999}} | config.humanizePersonaId",
                "{\"type\":\"browser\",\"config\":{\"proxy\":{\"mode\":\"magic\"}}} | config.proxy.mode",
                "{\"type\":\"browser\",\"config\":{\"proxy\":{\"host\":\"h\"}}} | config.proxy.mode",
                "{\"type\":\"browser\",\"config\":{\"proxy\":{\"mode\":\"custom\",\"host\":\"h\",\"port\":\"1\","
                        + "\"protocol\":\"http\"}}} | config.proxy.port",
                "{\"type\":\"browser\",\"extensionIds\":[\"a\",3]} | extensionIds[1]",
                "{} | type",
            })
    void strictReadingNamesThePlaceOfWhatDoesNotFit(String json, String path) {
        assertThatThrownBy(() -> Json.readStrictly(json, CreateRuntimeRequest.class))
                .isInstanceOfSatisfying(
                        BctrlDecodingException.class,
                        refused -> assertThat(refused.path()).isEqualTo(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{", "{\"a\":1}x", "{'a':1}", "{a:1}", "[NaN]", "``", "{\"a\":1,}"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parseObject(text))
                .isInstanceOf(BctrlDecodingException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void deepNestingIsRefusedInsteadOfOverflowingTheStack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> Json.parseObject(deep)).isInstanceOf(BctrlDecodingException.class);
    }

    @Test
    void noValueOfAStringAppearsInAComplaint() {
        assertThatThrownBy(() ->
                        Json.readStrictly("{\"type\":\"browser\",\"config\":\"hunter2\"}", CreateRuntimeRequest.class))
                .hasMessage("config: must be an object, not a string");
    }

    @Test
    void secretsStayOutOfToString() {
        ProxyConfig proxy = new ProxyConfig.Custom("h", 8080, ai.bctrl.model.ProxyProtocol.HTTP, "jo", "hunter2");

        assertThat(CreateRuntimeRequest.browser()
                        .config(RuntimeConfig.builder().proxy(proxy).build())
                        .build()
                        .toString())
                .doesNotContain("hunter2")
                .doesNotContain("jo,");
    }
}
