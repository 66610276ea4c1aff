package ai.bctrl.playwright;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages that leave traces in a browser. It also answers as a proxy, with a page of its own. Thread-safe. */
final class IsolationSite implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger cacheable = new AtomicInteger();

    IsolationSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "isolation-site");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** How often the page that may be kept was asked for. */
    int cacheable() {
        return cacheable.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String type = "text/html";
        String body = "<!doctype html><link rel=icon href='data:,'><title>" + path + "</title><p>page";
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        if (exchange.getRequestURI().isAbsolute()) {
            body = "<!doctype html><title>through the proxy</title>";
        } else if (path.equals("/cookie")) {
            exchange.getResponseHeaders()
                    .add("Set-Cookie", "name=of-" + exchange.getRequestURI().getQuery());
        } else if (path.equals("/cacheable")) {
            exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
            body = "answer " + cacheable.incrementAndGet();
        } else if (path.equals("/worker.js")) {
            type = "text/javascript";
            body = "self.addEventListener('fetch', e => { if (e.request.url.endsWith('/asked'))"
                    + " e.respondWith(new Response('worker')) });"
                    + "self.addEventListener('install', () => self.skipWaiting());"
                    + "self.addEventListener('activate', e => e.waitUntil(clients.claim()));";
        } else if (path.equals("/file")) {
            type = "text/csv";
            exchange.getResponseHeaders().add("Content-Disposition", "attachment; filename=a.csv");
            body = "of," + exchange.getRequestURI().getQuery();
        } else if (path.equals("/asked")) {
            body = "site";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
