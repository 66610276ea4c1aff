package ai.bctrl.failures;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A site whose pages and answers are full of secrets: each {@code {name}} below is one. Beside each stands an innocent word. */
final class SecretsSite implements AutoCloseable {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z-]+)}");

    private static final String SHOP = """
            <!doctype html><html><head><title>Loading</title></head><body>
            <form action="/form" method="post" target="sink">
              <input name="user" value="innocent-user" id="user">
              <input type="hidden" name="csrf_token" value="{csrf-field}">
              <input type="password" name="pw" value="{form-password}">
              <button>Send</button>
            </form>
            <label>Password <input type="password" id="filled"></label>
            <label>Again <input type="password" id="pressed"></label>
            <label>Old one <input type="password" id="keyed"></label>
            <label>Word <input type="password" id="shown"></label>
            <label>Card <input autocomplete="cc-number" id="card"></label>
            <label>Number <input name="ssn" id="named"></label>
            <div id="whisper">{selector}</div>
            <p id="customer">innocent-customer CUST-{pattern}</p>
            <p id="echo" style="height: 20px"></p>
            <a href="/statement.txt" download>Statement</a>
            <iframe name="sink" width="300" height="40"></iframe>
            <iframe id="same" src="/inner" width="300" height="60"></iframe>
            <iframe id="cross" src="OTHER/inner" width="300" height="60"></iframe>
            <script src="/app.js"></script></body></html>
            """;

    private static final String APP = """
            async function start() {
              document.cookie = 'auth_token={script-cookie}';
              document.cookie = 'theme=innocent-theme';
              const answer = await fetch('/session', {method: 'POST',
                headers: {'Content-Type': 'application/json', 'X-Innocent': 'innocent-request-header'},
                body: JSON.stringify({user: 'innocent-json-post', password: '{json-post}', deep: [{cvc: '{json-deep}'}]})});
              const session = await answer.json();
              localStorage.setItem('accessToken', session.accessToken);
              localStorage.setItem('apiKey', '{local-storage}');
              sessionStorage.setItem('state', JSON.stringify({mood: 'innocent-mood', user: {refreshToken: '{session-storage}'}}));
              const form = new FormData();
              form.append('comment', 'innocent-multipart');
              form.append('api_key', '{multipart}');
              await fetch('/upload', {method: 'POST', body: form});
              console.log('token={console-pair}&page=innocent-console-pair');
              console.log({password: '{console-object}', name: 'innocent-console-object'});
              console.log(JSON.stringify({apiKey: '{console-json}', kind: 'innocent-console-json'}));
              console.warn('innocent-console-bearer', 'Authorization: Bearer {console-bearer}');
              console.log('innocent-storage', localStorage.getItem('apiKey'), sessionStorage.getItem('state'));
              console.log('innocent-cookies', document.cookie);
              console.log('innocent-address', location.href);
              setTimeout(() => { throw new Error('innocent-page-error secret={page-error}') }, 0);
              document.querySelector('#filled').addEventListener('input', event => {
                document.querySelector('#echo').textContent = 'innocent-echo ' + event.target.value;
              });
              document.title = 'Ready';
            }
            start();
            """;

    private final Canaries canaries;
    private final HttpServer server;
    private final HttpServer other;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    SecretsSite(Canaries canaries) throws IOException {
        this.canaries = canaries;
        this.server = start();
        this.other = start();
    }

    private HttpServer start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(threads);
        started.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                answer(exchange);
            }
        });
        started.start();
        return started;
    }

    String origin() {
        return origin(server);
    }

    private static String origin(HttpServer one) {
        return "http://127.0.0.1:" + one.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/basic" -> {
                if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"innocent-realm\"");
                    send(exchange, 401, "text/plain", "innocent-denied");
                } else {
                    send(exchange, 200, "text/html", "<p>innocent-basic</p>");
                }
            }
            case "/shop" -> {
                setCookie(exchange, "sid={http-only-cookie}; Path=/; HttpOnly");
                setCookie(exchange, "session_id={server-cookie}; Path=/");
                exchange.getResponseHeaders().set("X-Innocent", "innocent-answer-header");
                send(exchange, 200, "text/html; charset=utf-8", SHOP.replace("OTHER", origin(other)));
            }
            case "/app.js" -> send(exchange, 200, "text/javascript", APP);
            case "/session" ->
                send(
                        exchange,
                        200,
                        "application/json",
                        "{\"accessToken\":\"{json-answer}\",\"mood\":\"innocent-json-answer\","
                                + "\"loyaltyNumber\":\"{configured-name}\"}");
            case "/upload" -> send(exchange, 200, "text/plain", "innocent-uploaded");
            case "/form" -> {
                exchange.getResponseHeaders()
                        .set("Location", filled("/done?page=innocent-redirect&session_token={redirect}"));
                send(exchange, 302, "text/plain", "");
            }
            case "/done" -> send(exchange, 200, "text/html", "<p>innocent-done</p>");
            case "/inner" ->
                send(
                        exchange,
                        200,
                        "text/html; charset=utf-8",
                        "<title>Inner</title><label>Inner <input type=password></label> innocent-inner");
            case "/statement.txt" ->
                send(exchange, 200, "text/plain", "innocent-download\npassword={download}\nend of it\n");
            default -> send(exchange, 404, "text/plain", "innocent-missing");
        }
    }

    private void setCookie(HttpExchange exchange, String cookie) {
        exchange.getResponseHeaders().add("Set-Cookie", filled(cookie));
    }

    private String filled(String text) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(canaries.plain(place.group(1))));
    }

    private void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = filled(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        other.stop(0);
        threads.shutdownNow();
    }
}
