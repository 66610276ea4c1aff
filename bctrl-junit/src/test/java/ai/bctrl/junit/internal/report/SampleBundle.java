package ai.bctrl.junit.internal.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a bundle as a test of a shop would leave it. */
final class SampleBundle {
    static final String HOSTILE = "</script><img src=x onerror=\"alert(1)\"><!--\u2028${1}'\"&amp;";

    private final Path directory;
    private final boolean failed;
    private final int seed;
    private final Instant start;
    private final String page;
    private final JsonArray files = new JsonArray();

    SampleBundle(Path directory, boolean failed, int seed, Instant start) {
        this.directory = directory;
        this.failed = failed;
        this.seed = seed;
        this.start = start;
        this.page = "http://127.0.0.1:" + (40000 + seed) + "/orders/KS-" + (1000 + seed);
    }

    String page() {
        return page;
    }

    void write(JsonObject test, int attempt, JsonElement phases, String origin, String message, String hostile)
            throws IOException {
        Files.createDirectories(directory);
        screenshots();
        text("dom", "page-1.html", dom(hostile));
        text("aria", "page-1.aria.yaml", aria());
        text("console", "console.json", console(hostile).toString());
        text("network", "network.har", har(hostile).toString());
        text("actions", "actions.json", actions(message, hostile).toString());
        text("events", "events.json", events().toString());
        text("commands", "commands.json", "[]");
        trace();
        if (failed) {
            text("failure", "failure.txt", stack(message));
            text("summary", "failure.md", "# Failed\n\n" + message + "\n");
        }
        Files.writeString(
                directory.resolve(failed ? Manifest.FAILED : Manifest.PASSED),
                manifest(test, attempt, phases, origin, message, hostile).toString());
    }

    private JsonObject manifest(
            JsonObject test, int attempt, JsonElement phases, String origin, String message, String hostile) {
        JsonObject json = object("""
                {"schemaVersion":1,"versions":{"bctrl":"0.1.0","playwright":"1.62.0","browser":"HeadlessChrome/156.0.8078.79",
                "java":"17.0.15","junit":"5.14.4","os":"Linux 6.1 amd64"},
                "settings":{"bctrl.scope":"test","bctrl.evidence":"on-failure","bctrl.headless":"true","bctrl.timeout":"30s"},
                "missing":[{"kind":"mhtml","reason":"Page.captureSnapshot took longer than 2 s"},
                {"kind":"artifact","reason":"the run has none"}]}""");
        json.addProperty("outcome", failed ? "failed" : "passed");
        json.add("test", test);
        json.addProperty("attempt", attempt);
        json.addProperty("time", start.plusSeconds(3).toString());
        json.addProperty("runId", "run_" + Integer.toHexString(seed * 7919 + 4096));
        json.addProperty("runtimeId", "rt_" + Integer.toHexString(seed * 104729 + 4096));
        json.add("phases", phases);
        json.add("files", files);
        if (failed) {
            JsonObject failure = object("""
                    {"type":"org.opentest4j.AssertionFailedError","place":"body",
                    "location":{"file":"CheckoutTest.java","line":34}}""");
            failure.addProperty("message", message);
            failure.addProperty("origin", origin);
            failure.addProperty("pageUrl", page);
            failure.addProperty("lastAction", "expect getByLabel(\"Confirmation number\")" + hostile);
            json.add("failure", failure);
        }
        return json;
    }

    private JsonArray console(String hostile) {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < 14; i++) {
            console(
                    rows,
                    i,
                    i % 5 == 4 ? "warning" : "log",
                    i % 5 == 4 ? "price of item " + i + " is a string" : "cart: " + i + " items");
        }
        if (failed) {
            console(rows, 20, "error", "Failed to load resource: the server responded with a status of 500" + hostile);
            console(
                    rows,
                    21,
                    "pageerror",
                    "TypeError: Cannot read properties of undefined (reading 'number')\n    at confirm (app.js:88:13)");
        }
        return rows;
    }

    private void console(JsonArray rows, int at, String level, String text) {
        JsonObject row = new JsonObject();
        row.addProperty("time", start.plusMillis(200 + 97L * at).toString());
        row.addProperty("level", level);
        row.addProperty("text", text);
        row.addProperty("url", page.replaceFirst("/orders.*", "/assets/app.js"));
        row.addProperty("line", 40 + at);
        row.addProperty("page", 1);
        rows.add(row);
    }

    private JsonObject har(String hostile) {
        JsonArray entries = new JsonArray();
        String origin = page.replaceFirst("/orders.*", "");
        entry(entries, 0, "GET", origin + "/", 200, "text/html", "document", "<!doctype html><title>Kite shop</title>");
        entry(entries, 1, "GET", origin + "/assets/app.css", 200, "text/css", "stylesheet", "body { margin: 0 }");
        entry(
                entries,
                2,
                "GET",
                origin + "/assets/app.js",
                200,
                "text/javascript",
                "script",
                "export const shop = {};");
        for (int i = 0; i < 12; i++) {
            entry(
                    entries,
                    3 + i,
                    "GET",
                    origin + "/api/items/" + i + "?lang=de",
                    200,
                    "application/json",
                    "fetch",
                    "{\"id\":" + i + ",\"name\":\"Kite\"}");
        }
        entry(
                entries,
                16,
                "POST",
                origin + "/api/orders",
                failed ? 500 : 201,
                "application/json",
                "fetch",
                failed ? "{\"error\":\"stock is locked\"}" + hostile : "{\"number\":\"KS-1001\"}");
        if (failed) {
            entry(entries, 17, "GET", origin + "/api/retry", -1, "", "fetch", "");
        }
        JsonObject log = new JsonObject();
        log.addProperty("version", "1.2");
        log.add("entries", entries);
        JsonObject har = new JsonObject();
        har.add("log", log);
        return har;
    }

    private void entry(
            JsonArray entries, int at, String method, String url, int status, String mime, String type, String body) {
        JsonObject entry = object("""
                {"request":{"headers":[{"name":"accept","value":"*/*"},{"name":"user-agent","value":"HeadlessChrome/156"}]},
                "response":{"statusText":"","headers":[{"name":"cache-control","value":"no-store"}],"content":{}}}""");
        entry.addProperty("startedDateTime", start.plusMillis(150 + 61L * at).toString());
        entry.addProperty("time", 8.5 + at * 3.25);
        entry.addProperty("_resourceType", type);
        JsonObject request = entry.getAsJsonObject("request");
        request.addProperty("method", method);
        request.addProperty("url", url);
        if (method.equals("POST")) {
            request.add("postData", object("{\"mimeType\":\"application/json\",\"text\":\"{\\\"items\\\":[1,2]}\"}"));
        }
        JsonObject response = entry.getAsJsonObject("response");
        response.addProperty("status", status);
        if (status < 0) {
            response.addProperty("_failureText", "net::ERR_CONNECTION_REFUSED");
        }
        JsonObject content = response.getAsJsonObject("content");
        content.addProperty("mimeType", mime);
        content.addProperty("text", body);
        content.addProperty("size", status < 0 ? -1 : 1200 + at * 711);
        entries.add(entry);
    }

    private JsonArray actions(String message, String hostile) {
        JsonArray rows = new JsonArray();
        String[] titles = {
            "navigate /",
            "click getByRole(LINK, \"Kites\")",
            "fill getByLabel(\"Name\")",
            "fill getByLabel(\"Street\")",
            "select getByLabel(\"Country\")",
            "check getByLabel(\"Terms\")",
            "click getByText(\"Order\")"
        };
        for (int i = 0; i < titles.length; i++) {
            action(rows, i, titles[i] + (i == 3 ? hostile : ""), 31 + i * 17L, null);
        }
        action(rows, 7, "expect getByLabel(\"Confirmation number\")", failed ? 5004 : 88, failed ? message : null);
        return rows;
    }

    private void action(
            JsonArray rows, int at, String title, long took, @org.jspecify.annotations.Nullable String error) {
        JsonObject row = new JsonObject();
        row.addProperty("time", start.plusMillis(100 + 130L * at).toString());
        row.addProperty("durationMs", took);
        row.addProperty("title", title);
        row.addProperty("call", "Frame.click");
        if (title.startsWith("fill")) {
            row.addProperty("value", "Ada Lovelace");
        }
        if (error != null) {
            row.addProperty("error", error);
        }
        row.addProperty("page", 1);
        rows.add(row);
    }

    private JsonArray events() {
        JsonArray rows = new JsonArray();
        for (String type :
                new String[] {"runtime.started", "run.started", "connection.created", "connection.attached"}) {
            JsonObject row = new JsonObject();
            row.addProperty("type", type);
            row.addProperty("time", start.plusMillis(10L * rows.size()).toString());
            row.addProperty("source", "control-plane");
            row.add("data", object("{\"browser\":\"HeadlessChrome/156.0.8078.79\"}"));
            rows.add(row);
        }
        return rows;
    }

    private String dom(String hostile) {
        StringBuilder html =
                new StringBuilder("<!doctype html><html lang=\"en\"><head><title>Kite shop</title></head><body><main>");
        for (int i = 0; i < 300; i++) {
            html.append("<article id=\"item-")
                    .append(i)
                    .append("\"><h2>Kite ")
                    .append(i)
                    .append("</h2><p class=\"price\">")
                    .append(i * 3 + 9)
                    .append(",00 €</p></article>");
        }
        html.append(
                failed
                        ? "<p role=\"alert\">Something went wrong</p><strong id=\"confirmation\">KS-0000</strong>"
                        : "<strong id=\"confirmation\">KS-1001</strong>");
        return html.append(hostile)
                .append("<script>alert('dom')</script></main></body></html>")
                .toString();
    }

    private String aria() {
        return "- main:\n  - heading \"Kite shop\" [level=1]\n  - article:\n    - heading \"Kite 1\" [level=2]\n"
                + (failed ? "  - alert: Something went wrong\n  - strong: KS-0000\n" : "  - strong: KS-1001\n");
    }

    private static String stack(String message) {
        StringBuilder stack = new StringBuilder("org.opentest4j.AssertionFailedError: ")
                .append(message)
                .append('\n');
        for (int i = 0; i < 30; i++) {
            stack.append("\tat com.acme.shop.CheckoutTest.step")
                    .append(i)
                    .append("(CheckoutTest.java:")
                    .append(34 + i)
                    .append(")\n");
        }
        return stack.toString();
    }

    private void trace() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(directory.resolve("trace.zip")))) {
            zip.putNextEntry(new ZipEntry("trace.trace"));
            zip.write('\n');
        }
        file("trace", "trace.zip", "application/zip");
    }

    private void screenshots() throws IOException {
        picture("page-1.png", 1280, 720);
        picture("page-1.full.png", 1280, 2400);
    }

    private void picture(String name, int width, int height) throws IOException {
        SamplePicture.paint(directory.resolve(name), width, height, seed, failed);
        file("screenshot", name, "image/png");
    }

    private void text(String kind, String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
        file(kind, name, name.endsWith(".json") ? "application/json" : "text/plain");
    }

    private void file(String kind, String name, String mediaType) throws IOException {
        JsonObject file = new JsonObject();
        file.addProperty("kind", kind);
        file.addProperty("name", name);
        file.addProperty("mediaType", mediaType);
        file.addProperty("sizeBytes", Files.size(directory.resolve(name)));
        file.addProperty("takenAt", start.plusMillis(2900).toString());
        if (name.toLowerCase(Locale.ROOT).startsWith("page-")) {
            file.addProperty("note", page);
        }
        files.add(file);
    }

    static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }
}
