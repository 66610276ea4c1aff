package ai.bctrl.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes requests of every operation of the contract, and of the pages, and changes something in most of them. Not thread-safe.
 */
public final class RequestJunk {
    private static final List<Operation> PAGES = List.of(
            page("GET", "/"),
            page("GET", "/console"),
            page("GET", "/console/runs"),
            page("GET", "/console/spaces"),
            page("GET", "/console/runs/{runId}"),
            page("GET", "/console/artifacts/{artifactId}"),
            page("GET", "/console/assets/console.css"),
            page("POST", "/console/sign-in"),
            page("POST", "/console/sign-out"),
            page("POST", "/console/runs/{runId}/live"),
            page("GET", "/live/{liveToken}"),
            page("GET", "/live/{liveToken}/activity"),
            page("GET", "/live/{liveToken}/socket"),
            page("GET", "/live/assets/live.js"),
            page("GET", "/replay/{replayToken}"),
            page("GET", "/replay/{replayToken}/frames.json"),
            page("GET", "/replay/{replayToken}/timeline.json"),
            page("GET", "/replay/{replayToken}/activity"),
            page("GET", "/replay/{replayToken}/video.webm"),
            page("POST", "/replay/{replayToken}/export"),
            page("POST", "/backup"),
            page("GET", "/v1/cdp/{connectionId}"));
    private static final Pattern WAITS = Pattern.compile("wait|stream|activity|export");
    private static final Map<String, String> OWNERS_OF_ID =
            Map.of("spaces", "spaceId", "runs", "runId", "owners", "ownerId");

    private final Operation.Contract contract;
    private final JsonJunk json;
    private final String authority;
    private final Map<String, String> keys;

    /**
     * Creates a source.
     *
     * @param authority host and port
     * @param keys the key that may do everything, {@code full}, and one that may read, {@code reader}
     */
    public RequestJunk(Operation.Contract contract, String authority, Map<String, String> keys) {
        this.contract = contract;
        this.json = new JsonJunk(contract);
        this.authority = authority;
        this.keys = keys;
    }

    private static Operation page(String method, String path) {
        String form = method.equals("POST") ? "application/x-www-form-urlencoded" : null;
        return new Operation(method, path, true, List.of(), form, MissingNode.getInstance());
    }

    /** {@return a request; {@code ids} has the values of path parameters that exist} */
    public FuzzedRequest next(Junk junk, Map<String, String> ids) {
        if (junk.chance(1)) {
            return new FuzzedRequest(
                    "junk", false, false, true, false, new String(junk.bytes(junk.below(4000)), ISO_8859_1));
        }
        Operation operation = junk.chance(15) ? junk.pick(PAGES) : junk.pick(contract.operations());
        while (!operation.served() && junk.chance(90)) {
            operation = junk.pick(contract.operations());
        }
        return new Draft(operation, junk, ids).request();
    }

    /** One request in the making. */
    private final class Draft {
        private final Operation operation;
        private final Junk junk;
        private final Map<String, String> ids;
        private final int wild;
        private final List<String> headers = new ArrayList<>();
        private String method;
        private boolean whole = true;
        private boolean open;

        Draft(Operation operation, Junk junk, Map<String, String> ids) {
            this.operation = operation;
            this.junk = junk;
            this.ids = ids;
            this.method = operation.method();
            // Some requests are good, most have a fault or two, some have nothing but faults.
            this.wild = List.of(0, 3, 3, 8, 8, 30).get(junk.below(6));
        }

        private boolean goesWrong() {
            return junk.chance(wild);
        }

        FuzzedRequest request() {
            String path = path();
            String target = path + query();
            if (goesWrong()) {
                target = junk.any("http://" + authority + target, target + "#x", "/" + target, target + ";a=b", "*");
            }
            if (goesWrong()) {
                method = junk.any("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get");
            }
            authorize();
            headers.add("Host: " + (goesWrong() ? junk.any("evil.test", "", "[::1", "localhost:99999") : authority));
            operation.parameters().stream()
                    .filter(Operation.Parameter::header)
                    .filter(parameter -> junk.chance(50))
                    .forEach(parameter -> headers.add(parameter.name() + ": " + headerValue(parameter)));
            oddHeaders();
            byte[] body = body();
            frame(body);
            String version = goesWrong() ? junk.any("HTTP/1.0", "HTTP/2.0", "HTTP/1.2", "HTTP/1.1 ", "x") : "HTTP/1.1";
            whole &= version.equals("HTTP/1.1") && method.matches("[A-Z]+");
            StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
            headers.forEach(header -> head.append(header).append("\r\n"));
            byte[] bytes = joined(head.append("\r\n").toString().getBytes(UTF_8), body);
            if (wild > 0 && junk.chance(6)) {
                bytes = junk.damaged(bytes);
                whole = false;
                open = false;
            }
            boolean waits = WAITS.matcher(target).find();
            boolean slow = !whole || waits;
            open &= !waits;
            return new FuzzedRequest(
                    operation.method() + " " + operation.path(),
                    method.equals("HEAD"),
                    whole,
                    slow,
                    open,
                    new String(bytes, ISO_8859_1));
        }

        private String path() {
            StringBuilder path = new StringBuilder();
            String before = "";
            for (String part : operation.path().substring(1).split("/", -1)) {
                path.append('/').append(part.startsWith("{") ? id(before, part.substring(1, part.length() - 1)) : part);
                before = part;
            }
            if (goesWrong()) {
                path.insert(junk.below(path.length() + 1), junk.any("/", "%2f", "..", "/../", "%", ";", "%00", "\\"));
            }
            return path.toString();
        }

        private String id(String before, String name) {
            String known = name.equals("id") ? OWNERS_OF_ID.getOrDefault(before, "x") : name;
            if (goesWrong()) {
                return junk.chance(70)
                        ? percent(junk.text())
                        : junk.damaged(ids.getOrDefault(known, "x")).replaceAll("[^!-~]", "_");
            }
            return ids.getOrDefault(known, "00000000-0000-0000-0000-000000000000");
        }

        private String percent(String text) {
            String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
            return encoded.isEmpty() ? "%20" : encoded;
        }

        private String query() {
            StringBuilder query = new StringBuilder();
            for (Operation.Parameter parameter : operation.parameters()) {
                if (!parameter.header() && junk.chance(35)) {
                    for (int times = goesWrong() ? 2 : 1; times > 0; times--) {
                        query.append(query.length() == 0 ? '?' : '&')
                                .append(parameter.name())
                                .append('=')
                                .append(percent(value(parameter)));
                    }
                }
            }
            if (goesWrong()) {
                query.append(query.length() == 0 ? '?' : '&')
                        .append(junk.any("a", "a=b", "=", "&&", "limit=%zz", "x=%ff", "cursor", "%00=1", "token=x"));
            }
            return query.toString();
        }

        private String value(Operation.Parameter parameter) {
            String known = ids.get(parameter.name());
            if (known != null && junk.chance(60)) {
                return known;
            }
            String value = json.text(parameter.schema(), junk, wild * 2);
            return junk.chance(80) ? value.replaceAll("[\"\\[\\]]", "") : junk.text();
        }

        private String headerValue(Operation.Parameter parameter) {
            return goesWrong() ? clean(junk.text()) : clean(value(parameter));
        }

        /** Fit for a header; those that are not are made by damage. */
        private String clean(String text) {
            String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "_");
            return line.length() > 3000 ? line.substring(0, 3000) : line;
        }

        private void authorize() {
            String key = keys.getOrDefault(junk.chance(6) ? "reader" : "full", "");
            if (!goesWrong()) {
                headers.add("Authorization: Bearer " + key);
            } else if (junk.chance(80)) {
                headers.add("Authorization: "
                        + junk.any(
                                "Bearer", "Bearer x", "Basic eDp5", "bearer " + clean(junk.text()), "", "Bearer \t"));
            }
        }

        private void oddHeaders() {
            if (junk.chance(5 + wild * 2)) {
                headers.add(junk.any("Idempotency-Key: ", "Prefer: ", "Range: ", "Last-Event-ID: ", "Cookie: ")
                        + clean(junk.text()));
            }
            if (goesWrong()) {
                headers.add("Range: bytes=" + junk.any("-", "0-0", "5-1", "-0", "0-99999999999999999999", "0-1,2-3"));
            }
            if (goesWrong()) {
                headers.add("Prefer: wait=" + junk.any("0", "-1", "999999999", "x", "\"1\""));
            }
            if (goesWrong()) {
                headers.add("Cookie: " + clean(junk.damaged("bctrl_console_1=abc; a=\"b\"; $Version=1")));
            }
            if (goesWrong()) {
                headers.add(junk.any(
                        "Origin: http://evil.test",
                        "Origin: null",
                        "Origin: http://" + authority,
                        "If-None-Match: *",
                        "If-Range: x",
                        "Accept: image/png",
                        "Content-Encoding: gzip",
                        "Upgrade: websocket",
                        "Upgrade: h2c",
                        "Connection: Upgrade",
                        "X-HTTP-Method-Override: DELETE",
                        "X-Forwarded-Host: evil.test",
                        "Forwarded: for=127.0.0.1",
                        "Accept-Encoding: gzip, br",
                        "X-Long: " + "z".repeat(junk.below(20_000))));
            }
            if (junk.chance(wild / 3)) {
                headers.add(junk.any("X y: z", ": x", "Host: other", " folded", "Content-Length: -1", "X:\u0001"));
                whole = false;
            }
            if (junk.chance(wild / 5)) {
                for (int i = junk.below(500); i > 0; i--) {
                    headers.add("X-" + i + ": " + i);
                }
            }
        }

        private byte[] body() {
            String type = operation.mediaType();
            if (type == null) {
                return goesWrong() ? junk.bytes(junk.below(50)) : new byte[0];
            }
            byte[] body = switch (type) {
                case "application/json" ->
                    json.text(operation.body(), junk, wild * 2).getBytes(UTF_8);
                case "multipart/form-data" -> form();
                case "application/x-www-form-urlencoded" -> consoleForm();
                default -> junk.bytes(junk.below(junk.chance(5) ? 200_000 : 300));
            };
            String said = type.equals("multipart/form-data")
                    ? type + "; boundary=xyz"
                    : type.equals("*/*") ? junk.any("text/plain", "image/png", "x", clean(junk.text())) : type;
            if (goesWrong()) {
                said = junk.any(
                        "text/plain",
                        "application/json; charset=utf-16",
                        "application/json;",
                        "multipart/form-data",
                        "multipart/form-data; boundary=",
                        "multipart/form-data; boundary=\"" + clean(junk.text()) + "\"",
                        clean(junk.text()));
            }
            if (!goesWrong()) {
                headers.add("Content-Type: " + said);
            }
            if (goesWrong()) {
                body = junk.damaged(body);
            }
            return junk.chance(wild / 10)
                    ? joined(body, " ".repeat((1 << 20) + 1).getBytes(UTF_8))
                    : body;
        }

        private byte[] consoleForm() {
            return ("key=" + percent(junk.text()) + "&next=" + percent(junk.text()) + "&csrf=x"
                            + (junk.chance(10) ? "&x=" + "y".repeat(20_000) : ""))
                    .getBytes(UTF_8);
        }

        private byte[] form() {
            StringBuilder form = new StringBuilder();
            for (String name : List.of("path", "name", "metadata", "file", "extra")) {
                if (name.equals("file") ? !goesWrong() : junk.chance(30)) {
                    String value = name.equals("metadata") && !goesWrong() ? "{\"a\":1}" : junk.text();
                    form.append("--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"");
                    if (name.equals("file")) {
                        form.append("; filename=\"" + clean(junk.text()) + "\"\r\nContent-Type: "
                                + (goesWrong() ? clean(junk.text()) : "text/plain"));
                    }
                    form.append("\r\n\r\n").append(value).append("\r\n");
                }
            }
            return form.append("--xyz--\r\n").toString().getBytes(UTF_8);
        }

        /** Says how long the body is, or something else. */
        private void frame(byte[] body) {
            if (junk.chance(wild / 2)) {
                whole = false;
                headers.add(junk.any(
                        "Content-Length: " + (body.length + 1 + junk.below(100)),
                        "Content-Length: " + Math.max(0, body.length - 1),
                        "Content-Length: 99999999999999",
                        "Content-Length: x",
                        "Transfer-Encoding: chunked",
                        "Transfer-Encoding: gzip, chunked",
                        "Transfer-Encoding: identity",
                        "Content-Length: 0\r\nContent-Length: 5",
                        "Content-Length: " + body.length + "\r\nTransfer-Encoding: chunked"));
                open = junk.chance(3);
            } else if (body.length > 0 || operation.mediaType() != null) {
                headers.add("Content-Length: " + body.length);
            }
            if (junk.chance(wild / 10)) {
                headers.add("Expect: 100-continue");
            }
            if (junk.chance(3)) {
                headers.add("Connection: close");
            }
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length);
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
