package ai.bctrl.local;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a browser meets once a name of somebody else was bound to our address: {@code /attack} comes from the attacker, all else
 * from the port of the victim, with the foreign name in {@code Host}. Thread-safe.
 */
final class ReboundProxy implements AutoCloseable {
    private static final String PAGE = "<!doctype html><title>attack</title>";

    private final ServerSocket server;
    private final int victim;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private ReboundProxy(ServerSocket server, int victim) {
        this.server = server;
        this.victim = victim;
    }

    static ReboundProxy start(int victim) throws IOException {
        ReboundProxy proxy = new ReboundProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), victim);
        begin(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "test-rebound-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                begin(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket there = new Socket(InetAddress.getLoopbackAddress(), victim)) {
            sockets.add(there);
            String head = head(client.getInputStream());
            String target = head.split(" ", 3)[1];
            if (target.endsWith("/attack")) {
                answer(
                        client,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
                                + PAGE.length() + "\r\n\r\n" + PAGE);
                return;
            } else if (head.startsWith("CONNECT ")) {
                answer(client, "HTTP/1.1 200 OK\r\n\r\n");
            } else {
                there.getOutputStream().write(originForm(head).getBytes(StandardCharsets.ISO_8859_1));
            }
            begin(() -> copy(client, there));
            there.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException broken) {
            // The browser tells its page.
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // The other direction sees it, too.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.write(c);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** {@code GET http://name:port/path} as the server itself is asked, once for each connection. */
    private static String originForm(String head) {
        StringBuilder text = new StringBuilder();
        for (String line : new BufferedReader(new StringReader(head)).lines().toList()) {
            if (text.isEmpty()) {
                text.append(line.replaceFirst(" http://[^/]+", " ")).append("\r\n");
            } else if (!line.isEmpty() && !line.regionMatches(true, 0, "Proxy-Connection", 0, 16)) {
                text.append(line).append("\r\n");
            }
        }
        return text + "Connection: close\r\n\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
