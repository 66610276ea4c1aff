package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.RemoteFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands on loopback between Playwright's driver and a browser of another machine, and carries the files that they name. It
 * takes one connection, at an address that nobody can guess; everything but the messages about files passes as it is. Thread-safe.
 * Whoever started it closes it.
 */
final class FileRelay implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HEAD_BYTES = 32 << 10;
    private static final Set<String> NOT_PASSED = Set.of("host", "sec-websocket-extensions");

    private final URI target;
    private final FileTransfers transfers;
    private final ServerSocket front;
    private final String path;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threads = new AtomicInteger();
    private volatile boolean closed;

    private FileRelay(URI target, FileTransfers transfers, ServerSocket front, String path) {
        this.target = target;
        this.transfers = transfers;
        this.front = front;
        this.path = path;
    }

    /** Whether a browser's address is one that this can stand before. */
    static boolean fits(String cdpUrl) {
        String lower = cdpUrl.toLowerCase(Locale.ROOT);
        return lower.startsWith("ws://") || lower.startsWith("wss://");
    }

    /**
     * Starts to listen.
     *
     * @throws BctrlException if there is no port to be had
     */
    static FileRelay start(String cdpUrl, RemoteFiles files) {
        byte[] token = new byte[24];
        new SecureRandom().nextBytes(token);
        String path = "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        try {
            ServerSocket front = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
            FileRelay relay = new FileRelay(URI.create(cdpUrl), new FileTransfers(files), front, path);
            relay.start("accept", relay::accept);
            return relay;
        } catch (IOException failed) {
            throw new BctrlException("no port on loopback for a browser of another machine: " + failed, failed);
        }
    }

    /** Where the driver finds the browser. */
    String url() {
        return "ws://127.0.0.1:" + front.getLocalPort() + path;
    }

    private void start(String what, Runnable work) {
        Thread thread = new Thread(work, "bctrl-files-" + what + "-" + threads.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try (front) {
            boolean served = false;
            while (!served) {
                Socket driver = keep(front.accept());
                served = serve(driver);
            }
        } catch (IOException gone) {
            // Closed, or nothing can be accepted any more; a driver that waits is told by its time-out.
        }
    }

    private Socket keep(Socket socket) throws IOException {
        open.add(socket);
        socket.setTcpNoDelay(true);
        if (closed) {
            socket.close();
        }
        return socket;
    }

    /** Whether it was the driver. */
    private boolean serve(Socket driver) {
        try {
            driver.setSoTimeout(CONNECT_MILLIS);
            InputStream in = new BufferedInputStream(driver.getInputStream());
            String head = readHead(in);
            if (!head.startsWith("GET " + path + " ")) {
                driver.getOutputStream()
                        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                driver.close();
                return false;
            }
            connect(driver, in, head);
            return true;
        } catch (IOException broken) {
            close(driver);
            return false;
        }
    }

    private void connect(Socket driver, InputStream fromDriver, String head) throws IOException {
        Socket browser;
        try {
            browser = keep(dial());
            browser.setSoTimeout(0);
            browser.getOutputStream().write(request(head).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException unreachable) {
            answerUnreachable(driver, unreachable);
            return;
        }
        InputStream fromBrowser = new BufferedInputStream(browser.getInputStream(), 1 << 16);
        String answer = readHead(fromBrowser);
        driver.setSoTimeout(0);
        OutputStream toDriver = new BufferedOutputStream(driver.getOutputStream(), 1 << 16);
        OutputStream toBrowser = new BufferedOutputStream(browser.getOutputStream(), 1 << 16);
        toDriver.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        toDriver.flush();
        if (!answer.startsWith("HTTP/1.1 101")) {
            start("refusal", () -> passRefusal(fromBrowser, toDriver, driver, browser));
            return;
        }
        start("driver", () -> pump(fromDriver, toBrowser, toDriver, driver, browser, true));
        start("browser", () -> pump(fromBrowser, toDriver, toBrowser, driver, browser, false));
    }

    private Socket dial() throws IOException {
        boolean tls = target.getScheme().equalsIgnoreCase("wss");
        int port = target.getPort() >= 0 ? target.getPort() : tls ? 443 : 80;
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(target.getHost(), port), CONNECT_MILLIS);
        if (!tls) {
            return plain;
        }
        SSLSocket secured = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, target.getHost(), port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(CONNECT_MILLIS);
        secured.startHandshake();
        return secured;
    }

    private String request(String head) {
        String query = target.getRawQuery();
        String resource =
                (target.getRawPath().isEmpty() ? "/" : target.getRawPath()) + (query == null ? "" : "?" + query);
        List<String> lines = new ArrayList<>();
        lines.add("GET " + resource + " HTTP/1.1");
        lines.add("Host: " + target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort()));
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && !line.startsWith("GET ")
                    && !NOT_PASSED.contains(line.substring(0, colon).toLowerCase(Locale.ROOT))) {
                lines.add(line);
            }
        }
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private void answerUnreachable(Socket driver, IOException failure) throws IOException {
        // The address stays out of it: it carries a secret.
        byte[] body = ("the browser's machine cannot be reached: "
                        + failure.getClass().getSimpleName())
                .getBytes(StandardCharsets.UTF_8);
        OutputStream out = driver.getOutputStream();
        out.write(("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        close(driver);
    }

    private void passRefusal(InputStream from, OutputStream to, Socket driver, Socket browser) {
        try {
            browser.setSoTimeout(CONNECT_MILLIS);
            from.transferTo(to);
            to.flush();
        } catch (IOException over) {
            // The driver has its answer, or is gone.
        } finally {
            close(driver);
            close(browser);
        }
    }

    private void pump(
            InputStream from, OutputStream to, OutputStream back, Socket driver, Socket browser, boolean fromDriver) {
        try {
            FramePump pump = new FramePump(
                    from,
                    to,
                    begin -> fromDriver ? transfers.mattersFromDriver(begin) : transfers.mattersFromBrowser(begin));
            pump.run((frame, message) -> {
                if (fromDriver) {
                    start("upload", () -> send(frame, message, to, back));
                } else if (transfers.isFinished(message)) {
                    start("download", () -> write(frame, transfers.toDriver(message), to));
                } else {
                    write(frame, message, to);
                }
            });
        } catch (IOException over) {
            // One side is gone; so is the other.
        } finally {
            close(driver);
            close(browser);
        }
    }

    private void send(WebSocketFrame frame, CdpMessage message, OutputStream toBrowser, OutputStream toDriver) {
        try {
            write(frame, transfers.toBrowser(message), toBrowser);
        } catch (BctrlException failed) {
            write(WebSocketFrame.unmasked(), message.failed(String.valueOf(failed.getMessage())), toDriver);
        }
    }

    private static void write(WebSocketFrame frame, CdpMessage message, OutputStream out) {
        try {
            synchronized (out) {
                frame.writeInstead(message.text().getBytes(StandardCharsets.UTF_8), out);
            }
        } catch (IOException gone) {
            // The pump of that side ends with it.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < HEAD_BYTES) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("a head is cut off");
            }
            head.append((char) next);
            if (next == '\n' && head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return head.toString();
            }
        }
        throw new IOException("a head is too long");
    }

    private void close(@Nullable Socket socket) {
        if (socket != null) {
            open.remove(socket);
            try {
                socket.close();
            } catch (IOException over) {
                // It is of no use any more either way.
            }
        }
    }

    /** Ends the connection and its threads. */
    @Override
    public void close() {
        closed = true;
        try {
            front.close();
        } catch (IOException over) {
            // The port goes with the process.
        }
        open.forEach(this::close);
    }
}
