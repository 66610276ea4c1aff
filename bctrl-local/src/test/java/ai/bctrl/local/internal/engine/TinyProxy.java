package ai.bctrl.local.internal.engine;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A real proxy that wants credentials, and a site behind it. Thread-safe. */
final class TinyProxy implements AutoCloseable {

    private final Proxy.Protocol protocol;
    private final String username;
    private final String password;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    TinyProxy(Proxy.Protocol protocol, String username, String password) throws IOException {
        this.protocol = protocol;
        this.username = username;
        this.password = password;
        site.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = "hello from the site".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.start();
        thread(this::accept);
    }

    Proxy.Protocol protocol() {
        return protocol;
    }

    int port() {
        return listener.getLocalPort();
    }

    String site() {
        return "http://127.0.0.1:" + site.getAddress().getPort() + "/";
    }

    int served() {
        return served.get();
    }

    int refused() {
        return refused.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                thread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (protocol == Proxy.Protocol.SOCKS5) {
                socks(client);
            } else {
                http(client);
            }
        } catch (IOException e) {
            // The client has left.
        }
    }

    private void socks(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readUnsignedByte();
        boolean offered = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
        if (!offered) {
            refused.incrementAndGet();
            client.getOutputStream().write(new byte[] {5, (byte) 0xff});
            return;
        }
        client.getOutputStream().write(new byte[] {5, 2});
        in.readUnsignedByte();
        String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        String secret = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        boolean right = user.equals(username) && secret.equals(password);
        client.getOutputStream().write(new byte[] {1, (byte) (right ? 0 : 1)});
        if (!right) {
            refused.incrementAndGet();
            return;
        }
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        InetAddress address = type == 3
                ? InetAddress.getAllByName(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII))[
                        0]
                : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16));
        int port = in.readUnsignedShort();
        try (Socket target = new Socket(address, port)) {
            served.incrementAndGet();
            client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            splice(client, target);
        }
    }

    /** Takes one request after the other on the same connection, each with its own credentials. */
    private void http(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        for (String header = header(in); !header.isEmpty(); header = header(in)) {
            String expected = "Proxy-Authorization: Basic "
                    + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
            if (!header.contains(expected)) {
                refused.incrementAndGet();
                client.getOutputStream()
                        .write("HTTP/1.1 407 Wrong\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            served.incrementAndGet();
            String[] words = header.split(" ", 3);
            boolean tunnel = words[0].equals("CONNECT");
            URI uri = URI.create(tunnel ? "http://" + words[1] : words[1]);
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
                if (tunnel) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    splice(client, target);
                    return;
                }
                String plain = header.replace(words[1], uri.getRawPath())
                        .replace(expected + "\r\n", "")
                        .replaceAll("(?i)(proxy-)?connection: [^\r]*\r\n", "")
                        .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
                target.getOutputStream().write(plain.getBytes(StandardCharsets.ISO_8859_1));
                target.getOutputStream().write(in.readNBytes(contentLength(header)));
                String answer = header(target.getInputStream());
                client.getOutputStream()
                        .write(answer.replaceAll("(?i)connection: close\r\n", "")
                                .getBytes(StandardCharsets.ISO_8859_1));
                client.getOutputStream().write(target.getInputStream().readNBytes(contentLength(answer)));
            }
        }
    }

    private static int contentLength(String header) {
        return header.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length: ", 0, 16))
                .mapToInt(line -> Integer.parseInt(line.substring(16).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String header(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            header.write(b);
            text = b == '\n' ? header.toString(StandardCharsets.ISO_8859_1) : "";
        }
        return text;
    }

    private static void splice(Socket client, Socket target) throws IOException {
        thread(() -> copy(target, client));
        copy(client, target);
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.close();
        } catch (IOException e) {
            // One side has left.
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "tiny-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        site.stop(0);
        listener.close();
    }
}
