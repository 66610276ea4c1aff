package ai.bctrl.failures;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A web server that no browser would wish for. */
final class HostileServer implements AutoCloseable {
    private static final int BLOCK = 1 << 20;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore looping = new Semaphore(0);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "hostile-server");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;

    HostileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, "text/html", "<h1>Here</h1>"));
        server.createContext("/again", HostileServer::again);
        server.createContext("/large", HostileServer::large);
        server.createContext("/endless", this::endless);
        server.createContext(
                "/loop",
                exchange -> answer(
                        exchange,
                        "text/html",
                        "<h1>Loops</h1><script>setTimeout(() => { const said = new XMLHttpRequest();"
                                + " said.open('GET', '/about-to-loop', false); said.send(); for (;;) ; }, 500);</script>"));
        server.createContext("/about-to-loop", exchange -> {
            answer(exchange, "text/plain", "do");
            looping.release();
        });
        server.createContext(
                "/worker.js",
                exchange -> answer(
                        exchange,
                        "text/javascript",
                        "self.addEventListener('install', e => self.skipWaiting());"
                                + "self.addEventListener('activate', e => e.waitUntil(clients.claim()));"
                                + "self.addEventListener('fetch', e => { if (e.request.url.endsWith('/made-up'))"
                                + " e.respondWith(new Response('made up by a worker')); });"));
        server.start();
    }

    /** {@return the address, without a slash at the end} */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Waits until a page has said that it goes into its endless loop. */
    void awaitLoop() throws InterruptedException {
        if (!looping.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no page has gone into a loop");
        }
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, content.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content);
        }
    }

    private static void again(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "/again");
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void large(HttpExchange exchange) throws IOException {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'x');
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 200L * BLOCK);
        try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 200; i++) {
                body.write(block);
            }
        }
    }

    /** Sends a little, and then nothing until the server is closed. */
    private void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=endless.bin");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(new byte[1000]);
            body.flush();
            closing.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
