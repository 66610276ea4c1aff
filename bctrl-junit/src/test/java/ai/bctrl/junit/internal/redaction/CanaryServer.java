package ai.bctrl.junit.internal.redaction;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A site whose pages and answers are full of secrets. */
final class CanaryServer implements AutoCloseable {
    private static final String LOGIN = """
            <!doctype html><html><head><title>Innocent-title</title>
            <meta name="csrf-token" content="META">
            <script>
              const login = {"apiKey":"INLINE", caption: "innocent-inline"};
            </script>
            <style>.innocent-style { color: red }</style></head>
            <body>
            <form id="form" action="/form" method="post">
              <label>User <input name="user" value="innocent-user"></label>
              <label>Password <input type="password" name="pw"></label>
              <label>Card number <input name="ccNumber" autocomplete="cc-number"></label>
              <label>Word <input id="plain"></label>
              <input type="hidden" name="authenticity_token" value="HIDDEN">
              <input type="password" name="prefilled" value="PREFILLED">
              <button>Send</button>
            </form>
            <div id="out" data-access-token="DATA">innocent-body</div>
            <a href="/next?token=LINK&amp;page=innocent-link">next</a>
            <script src="/app.js"></script></body></html>
            """;

    private static final String APP = """
            async function start() {
              document.cookie = 'auth_token=JSCOOKIE';
              document.cookie = 'theme=dark';
              const answer = await fetch('/session', {method: 'POST', credentials: 'include',
                headers: {'Content-Type': 'application/json', 'X-Api-Key': 'APIKEY', 'Authorization': 'Bearer BEARER'},
                body: JSON.stringify({user: 'innocent-json', password: 'JSONPW', payment: {cvc: 'CVC'}})});
              const session = await answer.json();
              localStorage.setItem('accessToken', session.accessToken);
              sessionStorage.setItem('refresh_token', session.refresh_token);
              const form = new FormData();
              form.append('comment', 'innocent-multipart');
              form.append('api_key', 'MULTIPART');
              await fetch('/upload', {method: 'POST', body: form});
              console.log('innocent-console the token expired, password: ');
              console.log('token=CONSOLE1&page=2');
              console.log('password: CONSOLE2');
              console.log({password: 'CONSOLE3', name: 'innocent-object'});
              console.log(JSON.stringify({apiKey: 'CONSOLE4', kind: 'innocent-jsonline'}));
              console.warn('Authorization: Bearer CONSOLE5');
              console.log(localStorage.getItem('accessToken'));
              console.log('raw ' + sessionStorage.getItem('refresh_token') + ' innocent-end');
              console.log(document.cookie);
              console.log(location.href);
              const echo = await (await fetch('/echo')).text();
              document.querySelector('#out').append(' ', echo);
              setTimeout(() => { throw new Error('secret=PAGEERROR innocent-error') }, 0);
              document.title = 'Innocent-ready';
            }
            start();
            """;

    private final Canaries canaries;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final String basicUser;
    private final String basicPassword;
    private volatile String posted = "";

    CanaryServer(Canaries canaries) throws IOException {
        this.canaries = canaries;
        this.basicUser = "innocent-basic";
        this.basicPassword = canaries.plain("basic");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String login = LOGIN.replace("META", canaries.plain("meta"))
                .replace("INLINE", canaries.plain("inline"))
                .replace("HIDDEN", canaries.plain("hidden"))
                .replace("PREFILLED", canaries.plain("prefilled"))
                .replace("DATA", canaries.plain("data"))
                .replace("LINK", canaries.plain("link"));
        String app = APP;
        for (String name : new String[] {
            "JSCOOKIE",
            "APIKEY",
            "BEARER",
            "JSONPW",
            "CVC",
            "MULTIPART",
            "CONSOLE1",
            "CONSOLE2",
            "CONSOLE3",
            "CONSOLE4",
            "CONSOLE5",
            "PAGEERROR"
        }) {
            app = app.replace(name, canaries.plain(name));
        }
        String script = app;
        String session = "{\"accessToken\":\"" + canaries.plain("local storage") + "\",\"refresh_token\":\""
                + canaries.plain("session storage") + "\",\"mood\":\"innocent-answer\"}";
        String setCookie = canaries.plain("set-cookie");
        String opaque = canaries.plain("opaque cookie");
        String answerHeader = canaries.plain("answer header");
        String redirect = canaries.plain("redirect");
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (path) {
                case "/login" -> {
                    if (!isAllowed(exchange)) {
                        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"innocent-realm\"");
                        send(exchange, 401, "text/plain", "innocent-denied");
                        return;
                    }
                    exchange.getResponseHeaders().add("Set-Cookie", "sid=" + setCookie + "; Path=/; HttpOnly");
                    exchange.getResponseHeaders().add("Set-Cookie", "visit=" + opaque + "; Path=/");
                    exchange.getResponseHeaders().add("X-Auth-Token", answerHeader);
                    exchange.getResponseHeaders().add("X-Innocent", "innocent-header");
                    send(exchange, 200, "text/html; charset=utf-8", login);
                }
                case "/app.js" -> send(exchange, 200, "text/javascript", script);
                case "/session" -> send(exchange, 200, "application/json", session);
                case "/upload" -> send(exchange, 200, "text/plain", "innocent-uploaded");
                case "/form" -> {
                    posted = new String(body, StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Location", "/done?session_token=" + redirect);
                    send(exchange, 302, "text/plain", "");
                }
                // An answer may repeat what it was sent, in forms of its own.
                case "/echo" ->
                    send(
                            exchange,
                            200,
                            "text/plain",
                            "innocent-echo " + setCookie + " "
                                    + Base64.getEncoder()
                                            .encodeToString(("x" + setCookie).getBytes(StandardCharsets.UTF_8)));
                case "/done" -> send(exchange, 200, "text/html; charset=utf-8", "<p>innocent-done " + posted + "</p>");
                default -> send(exchange, 404, "text/plain", "innocent-missing");
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    private boolean isAllowed(HttpExchange exchange) {
        String expected =
                Base64.getEncoder().encodeToString((basicUser + ":" + basicPassword).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String basicUser() {
        return basicUser;
    }

    String basicPassword() {
        return basicPassword;
    }

    Canaries canaries() {
        return canaries;
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
