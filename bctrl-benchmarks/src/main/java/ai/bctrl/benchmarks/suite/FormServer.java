package ai.bctrl.benchmarks.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a form of ten fields with a script, a style sheet and a list of 200 rows, as business applications look; {@code
 * animated} is the same with something that moves, {@code tiny} nothing but a title, {@code busy} a page that changes ten times a
 * second. Thread-safe; whoever made it closes it.
 */
public final class FormServer implements AutoCloseable {
    private static final String PAGE = "<!doctype html><title>Form</title><script src=/form.js></script>"
            + "<link rel=stylesheet href=/form.css><form>"
            + String.join("", Collections.nCopies(10, "<p><input></p>"))
            + "<button type=button onclick=\"document.title = 'Sent ' + (++sent); console.log('sent', sent)\">Send</button>"
            + "</form><ul>" + String.join("", Collections.nCopies(200, "<li><span>Kite</span> <b>129.00</b></li>"))
            + "</ul>";

    private static final String ANIMATION = "<style>#moving { width: 200px; height: 200px; background: teal;"
            + " animation: turn 2s linear infinite } @keyframes turn { to { transform: rotate(1turn) } }</style>"
            + "<div id=moving></div>";

    private static final String TINY = "<!doctype html><title>Tiny</title><p>Tiny</p>";

    private static final String BUSY =
            PAGE + "<script>setInterval(() => { for (const row of document.querySelectorAll('b'))"
                    + " row.textContent = Math.random().toFixed(2); }, 100)</script>";

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    /**
     * Serves on a free port of the loopback address.
     *
     * @throws IOException if it cannot listen
     */
    public FormServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, "text/html", PAGE));
        server.createContext("/animated", exchange -> answer(exchange, "text/html", PAGE + ANIMATION));
        server.createContext("/tiny", exchange -> answer(exchange, "text/html", TINY));
        server.createContext("/busy", exchange -> answer(exchange, "text/html", BUSY));
        server.createContext("/form.js", exchange -> answer(exchange, "text/javascript", "let sent = 0;"));
        server.createContext("/form.css", exchange -> answer(exchange, "text/css", "li { color: #234 }"));
        server.start();
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** {@return the address of the form, with a slash at the end} */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
