package ai.bctrl.local.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.local.internal.store.NewEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunObservationTest {
    private final ObservedConnection connection = new ObservedConnection();

    private static String request(String id, String url, String more) {
        return "{\"requestId\":\"" + id + "\",\"request\":{\"url\":\"" + url
                + "\",\"method\":\"GET\"},\"type\":\"Fetch\",\"frameId\":\"P1\",\"initiator\":{\"type\":\"script\"}"
                + more
                + "}";
    }

    private static String response(int status) {
        return "{\"requestId\":\"1.1\",\"response\":{\"url\":\"http://a/\",\"status\":" + status
                + ",\"mimeType\":\"text/html\",\"fromDiskCache\":false}}";
    }

    @Test
    void tellsWhereSomethingHappened() {
        connection.page().event("Network.requestWillBeSent", request("1.1", "http://a/?token=x", ""), "S1");
        NewEvent event = connection.last();
        assertThat(event.type()).isEqualTo("network.request");
        assertThat(event.kind()).isEqualTo("browser");
        assertThat(event.source()).isEqualTo("gateway");
        assertThat(event.pageId()).isEqualTo("P1");
        assertThat(event.contextId()).isEqualTo("C1");
        assertThat(event.connectionId()).isNull();
        assertThat(event.time()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(event.data())
                .hasToString(
                        "{\"requestId\":\"1.1\",\"method\":\"GET\",\"url\":\"http://a/?token=***\",\"resourceType\":\"fetch\","
                                + "\"frameId\":\"P1\"}");
    }

    @Test
    void tellsEachHopOfARedirectLoop() {
        connection.page();
        connection.event("Network.requestWillBeSent", request("1.1", "http://a/", ""), "S1");
        String hop = ",\"redirectResponse\":{\"url\":\"http://a/\",\"status\":302}";
        for (int i = 0; i < 5; i++) {
            connection.event("Network.requestWillBeSent", request("1.1", "http://a/", hop), "S1");
        }
        assertThat(connection.types().stream().filter("network.request"::equals))
                .hasSize(6);
        assertThat(connection.types().stream().filter("network.response"::equals))
                .hasSize(5);
        assertThat(connection.lastData().get("redirectedFrom").getAsString()).isEqualTo("http://a/");
    }

    @Test
    void tellsOnceWhatTwoSessionsOfAControllerHear() {
        connection.page().attached(null, "S2", "P1", "page", "").enable("S2");
        for (String session : new String[] {"S1", "S2"}) {
            connection.event("Network.requestWillBeSent", request("1.1", "http://a/", ""), session);
            connection.event("Network.responseReceived", response(200), session);
            connection.event(
                    "Runtime.consoleAPICalled",
                    "{\"type\":\"log\",\"args\":[{\"type\":\"string\",\"value\":\"x\"}],\"timestamp\":1.5}",
                    session);
            connection.event("Page.navigatedWithinDocument", "{\"frameId\":\"P1\",\"url\":\"http://a/#b\"}", session);
            connection.event("Page.loadEventFired", "{\"timestamp\":2.5}", session);
            connection.event(
                    "Page.javascriptDialogOpening",
                    "{\"type\":\"alert\",\"message\":\"m\",\"url\":\"http://a/\",\"hasBrowserHandler\":false}",
                    session);
        }
        assertThat(connection.types())
                .containsExactly(
                        "page.opened",
                        "network.request",
                        "network.response",
                        "console.message",
                        "page.navigated",
                        "page.load",
                        "dialog.opened");
    }

    @Test
    void tellsWhatOurOwnSessionHearsWhereTheControllerHearsNothing() {
        Feed own = Feed.own();
        connection.attached(null, "S1", "P1", "page", "");
        connection.other(
                own,
                "Target.attachedToTarget",
                null,
                "{\"sessionId\":\"O1\",\"targetInfo\":{\"targetId\":\"P1\",\"type\":\"page\"}}");
        connection.other(own, "Network.requestWillBeSent", "O1", request("1.1", "http://a/", ""));
        assertThat(connection.observation.unheard().get(0).missing())
                .containsExactlyInAnyOrder("Page", "Network", "Runtime", "Log");
        connection.enable("S1");
        connection.event("Network.requestWillBeSent", request("1.1", "http://a/", ""), "S1");
        connection.event("Network.requestWillBeSent", request("1.2", "http://a/", ""), "S1");
        connection.other(own, "Network.requestWillBeSent", "O1", request("1.2", "http://a/", ""));
        assertThat(connection.types()).containsExactly("page.opened", "network.request", "network.request");
        assertThat(connection.events.get(1).source()).isEqualTo("cdp");
        assertThat(connection.events.get(2).source()).isEqualTo("gateway");
        assertThat(connection.observation.unheard().get(0).missing()).isEmpty();
    }

    @Test
    void waitsForTheControllersWordAboutTheEndOfAPage() {
        Feed own = Feed.own();
        connection.page();
        connection.other(own, "Target.targetDestroyed", null, "{\"targetId\":\"P1\"}");
        connection.event("Network.requestWillBeSent", request("1.1", "http://a/", ""), "S1");
        connection.event("Target.detachedFromTarget", "{\"sessionId\":\"S1\",\"targetId\":\"P1\"}", null);
        assertThat(connection.types()).containsExactly("page.opened", "network.request", "page.closed");
    }

    @Test
    void doesNotWaitForAWordThatNeverComes() {
        Feed own = Feed.own();
        connection.page();
        connection.other(own, "Target.targetCreated", null, "{\"targetInfo\":{\"targetId\":\"P2\",\"type\":\"page\"}}");
        connection.other(own, "Target.targetDestroyed", null, "{\"targetId\":\"P1\"}");
        assertThat(connection.types()).containsExactly("page.opened");
        connection.observation.catchUp(own, Instant.parse("2026-01-02T03:04:07Z"), Duration.ofSeconds(1));
        assertThat(connection.types()).containsExactly("page.opened", "page.closed", "page.opened");
    }

    @Test
    void takesAControllerThatLeavesAPageNotForItsEnd() {
        connection.page().command("Target.detachFromTarget", "{\"sessionId\":\"S1\"}", null);
        connection.event("Target.detachedFromTarget", "{\"sessionId\":\"S1\",\"targetId\":\"P1\"}", null);
        assertThat(connection.types()).containsExactly("page.opened");
    }

    @Test
    void tellsFramesOfOtherProcessesAndWorkersWithTheirPage() {
        connection.page().attached("S1", "S2", "F1", "iframe", "").attached("S2", "S3", "W1", "worker", "");
        connection.event(
                "Page.frameNavigated",
                "{\"frame\":{\"id\":\"F1\",\"loaderId\":\"L\",\"url\":\"http://b/\"},\"type\":\"Navigation\"}",
                "S2");
        connection.event("Network.requestWillBeSent", request("2.1", "http://b/x", ""), "S3");
        assertThat(connection.types())
                .containsExactly("page.opened", "worker.opened", "frame.navigated", "network.request");
        assertThat(connection.events).extracting(NewEvent::pageId).containsOnly("P1");
        connection.event("Target.detachedFromTarget", "{\"sessionId\":\"S3\",\"targetId\":\"W1\"}", "S2");
        assertThat(connection.last().type()).isEqualTo("worker.closed");
    }

    @Test
    void leavesOutWhatRepeatsOtherEvents() {
        connection.page();
        connection.event("Network.requestWillBeSent", request("1.1", "data:text/css,a", ""), "S1");
        connection.event("Network.loadingFailed", "{\"requestId\":\"1.1\",\"errorText\":\"x\"}", "S1");
        connection.event(
                "Log.entryAdded",
                "{\"entry\":{\"source\":\"network\",\"level\":\"error\",\"text\":\"404\",\"timestamp\":1}}",
                "S1");
        connection.event(
                "Runtime.consoleAPICalled",
                "{\"type\":\"debug\",\"args\":[{\"type\":\"string\",\"value\":\"--playwright--set--content--1--\"}],"
                        + "\"timestamp\":1}",
                "S1");
        connection.event(
                "Log.entryAdded",
                "{\"entry\":{\"source\":\"security\",\"level\":\"warning\",\"text\":\"mixed\",\"timestamp\":2}}",
                "S1");
        assertThat(connection.types()).containsExactly("page.opened", "console.message");
    }

    @Test
    void tellsWhatAControllerDidAndNeverWhatItTyped() {
        connection.page();
        connection.done("Runtime.evaluate", "{\"expression\":\"secret\"}", "S1", "{\"result\":{}}");
        connection.done("Input.insertText", "{\"text\":\"höhe😀\"}", "S1", "{}");
        connection.done("Input.dispatchKeyEvent", "{\"type\":\"keyDown\",\"key\":\"a\",\"text\":\"a\"}", "S1", "{}");
        connection.done("Input.dispatchKeyEvent", "{\"type\":\"keyUp\",\"key\":\"a\"}", "S1", "{}");
        connection.done(
                "Input.dispatchKeyEvent", "{\"type\":\"keyDown\",\"key\":\"Enter\",\"text\":\"\\r\"}", "S1", "{}");
        connection.done("Input.dispatchKeyEvent", "{\"type\":\"keyDown\",\"key\":\"a\",\"modifiers\":2}", "S1", "{}");
        assertThat(connection.events.subList(1, 5))
                .extracting(event -> event.kind() + " " + event.connectionId() + " " + event.data())
                .containsExactly(
                        "command connection {\"method\":\"Input.insertText\",\"characters\":5,\"durationMs\":0}",
                        "command connection {\"method\":\"Input.dispatchKeyEvent\",\"characters\":1,\"durationMs\":0}",
                        "command connection {\"method\":\"Input.dispatchKeyEvent\",\"key\":\"Enter\",\"durationMs\":0}",
                        "command connection {\"method\":\"Input.dispatchKeyEvent\",\"key\":\"Control+a\",\"durationMs\":0}");
        assertThat(connection.events).hasSize(5);
    }

    @Test
    void tellsAClickAndADragOnce() {
        connection.page();
        String at = ",\"button\":\"left\",\"clickCount\":1,\"x\":10,\"y\":";
        connection.done("Input.dispatchMouseEvent", "{\"type\":\"mouseMoved\"" + at + "20}", "S1", "{}");
        connection.done("Input.dispatchMouseEvent", "{\"type\":\"mousePressed\"" + at + "20}", "S1", "{}");
        connection.done("Input.dispatchMouseEvent", "{\"type\":\"mouseReleased\"" + at + "20}", "S1", "{}");
        assertThat(connection.lastData().get("action").getAsString()).isEqualTo("click");
        connection.done("Input.dispatchMouseEvent", "{\"type\":\"mousePressed\"" + at + "20}", "S1", "{}");
        connection.done("Input.dispatchMouseEvent", "{\"type\":\"mouseReleased\"" + at + "90}", "S1", "{}");
        assertThat(connection.lastData().get("action").getAsString()).isEqualTo("drag");
        assertThat(connection.events).hasSize(3);
    }

    @Test
    void tellsCommandsThatFail() {
        connection.page();
        connection.done(
                "Page.navigate", "{\"url\":\"http://x/\"}", "S1", "{\"frameId\":\"P1\",\"errorText\":\"net::ERR\"}");
        assertThat(connection.last().type()).isEqualTo("connection.command.failed");
        assertThat(connection.lastData().get("error").getAsString()).isEqualTo("net::ERR");
        int command = connection.command("Page.reload", "{}", "S1");
        connection.answer(command, "\"error\":{\"code\":-32000,\"message\":\"gone\"}");
        assertThat(connection.lastData().get("error").getAsString()).isEqualTo("gone");
        connection.command("Page.captureScreenshot", "{}", "S1");
        connection.tap.end();
        assertThat(connection.lastData().get("error").getAsString()).contains("ended before");
    }

    @Test
    void readsNoLargeAnswers() {
        connection.page();
        int command = connection.command("Page.captureScreenshot", "{}", "S1");
        connection.answer(command, "\"result\":{\"data\":\"" + "A".repeat(5 << 20) + "\"}");
        assertThat(connection.last().type()).isEqualTo("connection.command.finished");
    }

    @Test
    void tellsThatAMessageWasTooLongToRead() {
        connection.page();
        connection.event(
                "Runtime.consoleAPICalled",
                "{\"type\":\"log\",\"args\":[{\"type\":\"string\",\"value\":\"" + "x".repeat(5 << 20) + "\"}]}",
                "S1");
        assertThat(connection.last().type()).isEqualTo("observation.gap");
        assertThat(connection.lastData().get("method").getAsString()).isEqualTo("Runtime.consoleAPICalled");
    }

    @Test
    void endsContextsThatEndWithTheirController() {
        connection.done(
                "Target.createBrowserContext", "{\"disposeOnDetach\":true}", null, "{\"browserContextId\":\"C1\"}");
        connection.page();
        connection.tap.end();
        assertThat(connection.types())
                .containsExactly(
                        "context.opened",
                        "connection.command.finished",
                        "page.opened",
                        "page.closed",
                        "context.closed");
    }

    @Test
    void keepsDownloads(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("guid-1"), "content");
        String path = directory.toString().replace("\\", "\\\\");
        connection.done(
                "Browser.setDownloadBehavior",
                "{\"behavior\":\"allowAndName\",\"browserContextId\":\"C1\",\"downloadPath\":\"" + path + "\"}",
                null,
                "{}");
        connection.page();
        for (String[] told : new String[][] {{"Page", "S1"}, {"Browser", null}}) {
            connection.event(
                    told[0] + ".downloadWillBegin",
                    "{\"frameId\":\"P1\",\"guid\":\"guid-1\",\"url\":\"http://a/f\",\"suggestedFilename\":\"a.csv\"}",
                    told[1]);
        }
        for (String[] told : new String[][] {{"Page", "S1"}, {"Browser", null}}) {
            connection.event(
                    told[0] + ".downloadProgress",
                    "{\"guid\":\"guid-1\",\"totalBytes\":7,\"receivedBytes\":7,\"state\":\"completed\"}",
                    told[1]);
        }
        assertThat(connection.types()).containsExactly("page.opened", "download.started", "download.finished");
        assertThat(connection.kept).containsExactly("a.csv guid-1");
        assertThat(connection.lastData().get("artifactId").getAsString()).isEqualTo("artifact-1");
        assertThat(connection.last().pageId()).isEqualTo("P1");
    }

    @Test
    void boundsTheData() {
        connection.page();
        String huge = "ä".repeat(50_000);
        connection.event(
                "Runtime.exceptionThrown",
                "{\"timestamp\":1,\"exceptionDetails\":{\"text\":\"Uncaught\",\"url\":\"http://a/" + huge
                        + "\",\"exception\":{\"description\":\"Error: " + huge + "\\n    at " + huge + "\"}}}",
                "S1");
        assertThat(connection.lastData().toString().getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(16 << 10);
        assertThat(connection.lastData().get("message").getAsString()).hasSizeLessThanOrEqualTo(2_000);
    }

    @Test
    void tellsNothingAfterTheEnd() {
        connection.page();
        connection.observation.seal();
        connection.event("Network.requestWillBeSent", request("1.1", "http://a/", ""), "S1");
        connection.tap.end();
        assertThat(connection.types()).containsExactly("page.opened");
    }

    @Test
    void survivesJunk() {
        connection.page();
        connection.event("Network.requestWillBeSent", "[]", "S1");
        connection.event("Network.requestWillBeSent", "{\"requestId\":{},\"request\":7}", "S1");
        connection.event("Page.frameNavigated", "{\"frame\":{\"id\":\"x\"}}", "nobody");
        connection.event("Target.attachedToTarget", "{\"targetInfo\":null}", null);
        connection.event("Runtime.consoleAPICalled", "{\"args\":[1,null,{}],\"stackTrace\":[]}", "S1");
        connection.event("Network.requestWillBeSent", request("1.9", "http://a/", ""), "S1");
        assertThat(connection.last().type()).isEqualTo("network.request");
    }
}
