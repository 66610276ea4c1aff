package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.RunEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @Test
    void acceptsNothingOnceItIsSealed(@TempDir Path directory) throws Exception {
        Bundle bundle = new Bundle(directory);
        bundle.text(Kind.EVENTS, "events.json", "[]");
        bundle.missing(Kind.TRACE, "tracing is off");
        bundle.seal(EnumSet.of(Kind.EVENTS, Kind.TRACE, Kind.COMMANDS), "too late");
        bundle.text(Kind.COMMANDS, "commands.json", "[]");
        bundle.missing(Kind.EVENTS, "too late");

        assertThat(directory).isDirectoryContaining("glob:**events.json").isDirectoryNotContaining("glob:**.part");
        assertThat(bundle.items()).extracting(Bundle.Item::name).containsExactly("events.json");
        assertThat(bundle.missing())
                .containsOnlyKeys(Kind.TRACE, Kind.COMMANDS)
                .containsEntry(Kind.COMMANDS, List.of("too late"));
    }

    @Test
    void writesRecordsAsTheyWereOnTheWire() {
        JsonObject data = new JsonObject();
        data.addProperty("url", "http://shop/");
        JsonObject extra = new JsonObject();
        extra.addProperty("news", 1);
        RunEvent event = new RunEvent(
                "page.load", "2026-01-01T00:00:00Z", "browser", "e1", null, null, null, null, null, null, data, extra);
        assertThat(JsonParser.parseString(RecordJson.lines(List.of(event))))
                .isEqualTo(
                        JsonParser.parseString("[{'type':'page.load','time':'2026-01-01T00:00:00Z','source':'browser',"
                                + "'id':'e1','data':{'url':'http://shop/'},'news':1}]"));
    }
}
