package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.model.ActivityItem;
import ai.bctrl.model.RunEvent;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActivityRowsTest {
    private final ActivityRows rows = new ActivityRows(null, Set.of());
    private final ActivityRows all = new ActivityRows("debug", Set.of());
    private final Map<String, ActivityItem> shown = new LinkedHashMap<>();
    private final List<String> debug = new ArrayList<>();
    private int time;

    private void happens(String type, String data, @Nullable String page) {
        time++;
        RunEvent event = new RunEvent(
                type,
                "2026-01-02T03:04:" + (10 + time) + ".000Z",
                "gateway",
                "id-" + time,
                "run",
                "runtime",
                "browser",
                null,
                page,
                null,
                JsonParser.parseString(data).getAsJsonObject());
        rows.add(event).forEach(item -> shown.put(item.extra().get("id").getAsString(), item));
        all.add(event).forEach(item -> debug.add(item.message()));
    }

    private void does(String data) {
        happens("connection.command.finished", data, "P1");
    }

    private List<String> messages() {
        return shown.values().stream().map(ActivityItem::message).toList();
    }

    @Test
    void foldsKeystrokesIntoOneRow() {
        does("{\"method\":\"Input.insertText\",\"characters\":5}");
        does("{\"method\":\"Input.dispatchKeyEvent\",\"characters\":1}");
        does("{\"method\":\"Input.dispatchKeyEvent\",\"characters\":1}");
        does("{\"method\":\"Input.dispatchKeyEvent\",\"key\":\"Backspace\"}");
        does("{\"method\":\"Input.dispatchKeyEvent\",\"key\":\"Backspace\"}");
        does("{\"method\":\"Input.dispatchKeyEvent\",\"key\":\"Enter\"}");
        does("{\"method\":\"Input.dispatchKeyEvent\",\"characters\":1}");
        assertThat(messages())
                .containsExactly(
                        "Typed 7 characters", "Pressed Backspace 2 times", "Pressed Enter", "Typed 1 character");
        ActivityItem typed = shown.values().iterator().next();
        assertThat(typed.type()).isEqualTo("browser.type");
        assertThat(typed.durationMs()).isEqualTo(2_000);
    }

    @Test
    void namesWhatWasDone() {
        does(
                "{\"method\":\"Input.dispatchMouseEvent\",\"action\":\"click\",\"x\":310.4,\"y\":220,\"button\":\"left\"}");
        does("{\"method\":\"Input.dispatchMouseEvent\",\"action\":\"click\",\"x\":310,\"y\":220,\"button\":\"left\","
                + "\"clickCount\":2}");
        happens("page.navigated", "{\"url\":\"http://a/\",\"main\":true}", "P1");
        happens("network.request", "{\"requestId\":\"1\",\"method\":\"POST\",\"url\":\"http://a/x\"}", "P1");
        happens("network.failed", "{\"requestId\":\"1\",\"url\":\"http://a/x\",\"error\":\"net::ERR_FAILED\"}", "P1");
        happens("console.message", "{\"level\":\"error\",\"text\":\"bad\"}", "P1");
        happens("console.message", "{\"level\":\"log\",\"text\":\"chatter\"}", "P1");
        happens("download.finished", "{\"suggestedFilename\":\"a.csv\"}", "P1");
        assertThat(messages())
                .containsExactly(
                        "Double-clicked at 310, 220",
                        "Opened http://a/",
                        "POST http://a/x failed: net::ERR_FAILED",
                        "Console error: bad",
                        "Downloaded a.csv");
        assertThat(debug).contains("POST http://a/x", "Console: chatter");
    }

    @Test
    void putsRowsBelowTheirStep() {
        happens("test.started", "{\"displayName\":\"buys\"}", null);
        happens("test.step.started", "{\"name\":\"add\",\"stepId\":\"1\"}", null);
        does("{\"method\":\"Page.reload\"}");
        happens("test.step.finished", "{\"name\":\"add\",\"stepId\":\"1\",\"failed\":true}", null);
        does("{\"method\":\"Page.reload\"}");
        happens("test.finished", "{\"outcome\":\"failed\"}", null);
        assertThat(messages()).containsExactly("buys", "add", "Reloaded the page", "Reloaded the page");
        assertThat(shown.values())
                .extracting(item -> item.status() + " " + item.extra().get("parentId"))
                .containsExactly("failed null", "failed null", "null \"id-2\"", "null null");
        assertThat(shown.values()).first().extracting(ActivityItem::durationMs).isEqualTo(5_000L);
    }

    @Test
    void tellsHowADialogWasAnswered() {
        happens("dialog.opened", "{\"dialogType\":\"confirm\",\"message\":\"Sure?\"}", "P1");
        happens("dialog.closed", "{\"accepted\":false}", "P1");
        assertThat(messages()).containsExactly("Question: Sure?");
        assertThat(shown.values()).first().extracting(ActivityItem::status).isEqualTo("dismissed");
    }

    @Test
    void tellsOnlyTheCategoriesThatAreAskedFor() {
        ActivityRows network = new ActivityRows("debug", Set.of("network"));
        RunEvent page = new RunEvent("page.load", "t", "gateway", "1", "r", "r", "browser", null, null, null, null);
        RunEvent request =
                new RunEvent("network.request", "t", "gateway", "2", "r", "r", "browser", null, null, null, null);
        assertThat(network.add(page)).isEmpty();
        assertThat(network.add(request)).hasSize(1);
    }
}
