package ai.bctrl.junit.internal.report.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves a run with its report, and Playwright's trace viewer, to this machine only. What was captured from pages is sent as
 * text or as a download, so that it never runs here. Thread-safe.
 */
public final class ReportServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int CHUNK = 64 << 10;

    private final ServedFiles files;
    private final HttpServer server;
    private final ExecutorService threads;

    private ReportServer(ServedFiles files, HttpServer server, ExecutorService threads) {
        this.files = files;
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param run the directory of a run
     * @param viewer the directory of the trace viewer, or null to go without
     * @param port the port on 127.0.0.1, or 0 for a free one
     * @throws IOException if the port is taken or the directory cannot be read
     */
    public static ReportServer start(Path run, @Nullable Path viewer, int port) throws IOException {
        ServedFiles files = new ServedFiles(run, viewer);
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port), 0);
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "bctrl-report-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        ReportServer started = new ReportServer(files, server, threads);
        server.setExecutor(threads);
        server.createContext("/", started::answer);
        server.start();
        return started;
    }

    /** {@return the address of the server, for example {@code http://127.0.0.1:40321}} */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return the address of the report} */
    public String url() {
        return origin() + ascii(files.home());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            String method = exchange.getRequestMethod();
            if (!isAddressedToUs(exchange.getRequestHeaders().getFirst("Host"))) {
                refuse(exchange, 403, "This server answers to 127.0.0.1 and localhost only.");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                headers.set("Allow", "GET, HEAD");
                refuse(exchange, 405, "Only GET and HEAD are answered.");
            } else {
                get(exchange, exchange.getRequestURI().getPath());
            }
        }
    }

    /** Other names are those of pages elsewhere that had their name point to this machine. */
    private boolean isAddressedToUs(@Nullable String host) {
        String port = ":" + server.getAddress().getPort();
        return host != null
                && (host.equals("127.0.0.1" + port)
                        || host.toLowerCase(Locale.ROOT).equals("localhost" + port));
    }

    private void get(HttpExchange exchange, @Nullable String path) throws IOException {
        if (path == null || path.equals("/")) {
            exchange.getResponseHeaders().set("Location", ascii(files.home()));
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        ServedFiles.Served served = files.find(path);
        if (served == null) {
            refuse(exchange, 404, "There is no such file.");
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", served.mediaType());
        headers.set("Accept-Ranges", "bytes");
        if (!served.trusted()) {
            headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
            if (MediaType.isDownload(served.mediaType())) {
                headers.set("Content-Disposition", "attachment");
            }
        }
        send(exchange, served.file());
    }

    private static void send(HttpExchange exchange, Path file) throws IOException {
        long size = Files.size(file);
        ByteRange range = ByteRange.of(exchange.getRequestHeaders().getFirst("Range"), size);
        ByteRange part = range == null ? new ByteRange(0, size - 1) : range;
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(part.length()));
            exchange.sendResponseHeaders(range == null ? 200 : 206, -1);
            return;
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, part.length() == 0 ? -1 : part.length());
        try (InputStream content = Files.newInputStream(file)) {
            content.skipNBytes(part.first());
            copy(content, exchange.getResponseBody(), part.length());
        }
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long left = length; left > 0; ) {
            int read = from.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (read < 0) {
                return;
            }
            to.write(chunk, 0, read);
            left -= read;
        }
    }

    private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String ascii(String path) {
        try {
            return new java.net.URI(null, null, path, null).toASCIIString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("a path is always a part of an address", e);
        }
    }

    /** Stops to serve. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
