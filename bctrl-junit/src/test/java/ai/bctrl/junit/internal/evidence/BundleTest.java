package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final TestName TEST = new TestName("shop.CheckoutTest", "buys", List.of(), false, "", "buys()");

    @Test
    void explainsEachWantedKindThatHasNoFile(@TempDir Path run) throws Exception {
        Bundle bundle =
                Bundle.create(run, TEST, EnumSet.of(EvidenceKind.EVENTS, EvidenceKind.TRACE, EvidenceKind.COMMANDS));
        bundle.writeText("events", "events.json", "application/json", "[]");
        bundle.missing(EvidenceKind.TRACE, "tracing is off");
        bundle.missing(EvidenceKind.TRACE, "tracing is off");
        bundle.missing(EvidenceKind.MHTML, "nobody asked for it");
        bundle.explainTheRest("too late");
        bundle.releaseReserve();
        bundle.releaseManifestReserve();

        assertThat(bundle.directory().toFile().list()).containsExactly("events.json");
        assertThat(bundle.items()).extracting(Bundle.Item::name).containsExactly("events.json");
        assertThat(bundle.missing())
                .containsOnlyKeys("trace", "commands")
                .containsEntry("trace", List.of("tracing is off"))
                .containsEntry("commands", List.of("too late"));
    }

    @Test
    void canBeRemovedAsAWhole(@TempDir Path run) throws Exception {
        Bundle bundle = Bundle.create(run, TEST, EnumSet.of(EvidenceKind.EVENTS));
        bundle.writeText("events", "events.json", "application/json", "[]");
        bundle.delete();
        assertThat(bundle.directory()).doesNotExist();
    }

    @Test
    void writesRecordsAsTheyWereOnTheWire() {
        JsonObject data = new JsonObject();
        data.addProperty("url", "http://shop/");
        JsonObject extra = new JsonObject();
        extra.addProperty("news", 1);
        RunEvent event = new RunEvent(
                "page.load", "2026-01-01T00:00:00Z", "browser", "e1", null, null, null, null, null, null, data, extra);
        assertThat(JsonParser.parseString(RecordJson.lines(List.of(event), new Redaction(SecretRules.defaults()))))
                .isEqualTo(
                        JsonParser.parseString("[{'type':'page.load','time':'2026-01-01T00:00:00Z','source':'browser',"
                                + "'id':'e1','data':{'url':'http://shop/'},'news':1}]"));
    }
}
