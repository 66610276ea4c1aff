package ai.bctrl.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The small shop that the tests visit; it is never killed. Thread-safe. */
final class SoakSite implements AutoCloseable {
    private static final int THREADS = 4;

    private static final String SHOP = """
            <!doctype html><title>Shop</title><h1>Shop</h1>
            <input id=filter aria-label=Filter oninput="for (const li of document.querySelectorAll('li')) li.hidden = !li.textContent.includes(this.value)">
            <ul><li><a href="/item?cup">cup</a><li><a href="/item?plate">plate</a><li><a href="/item?fork">fork</a></ul>
            """;
    private static final String ITEM = """
            <!doctype html><title>Item</title><h1>Item</h1>
            <button id=price onclick="fetch('/price').then(r => r.json()).then(p => document.querySelector('output').textContent = p.price)">Price</button>
            <button id=ask onclick="document.querySelector('output').textContent = confirm('Sure?') ? 'sure' : 'no'">Ask</button>
            <output></output><a id=terms href="/terms" target=_blank>Terms</a><a id=receipt href="/receipt">Receipt</a>
            <form action="/bought"><input name=name aria-label=Name><button id=buy>Buy</button></form>
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "soak-site");
        thread.setDaemon(true);
        return thread;
    });

    SoakSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        page("/", "text/html", SHOP);
        page("/item", "text/html", ITEM);
        page("/bought", "text/html", "<!doctype html><title>Bought</title><h1>Thank you</h1>");
        page("/terms", "text/html", "<!doctype html><title>Terms</title><h1>Terms</h1>");
        page("/price", "application/json", "{\"price\":42}");
        page("/receipt", "application/octet-stream", "paid ".repeat(2000));
        server.start();
    }

    private void page(String path, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> answer(exchange, type, bytes));
    }

    private static void answer(HttpExchange exchange, String type, byte[] bytes) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
            if (type.endsWith("octet-stream")) {
                exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=receipt.txt");
            }
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
