package ai.bctrl.network;

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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that speaks HTTP and SOCKS 5 at the same port. All names that end with {@code .test} are this machine to it, and to
 * nobody else. It can be made slow, and can swallow everything without a word.
 */
public final class TestProxy implements AutoCloseable {
    /** Where it was asked to connect to, in order. */
    public final Queue<String> targets = new ConcurrentLinkedQueue<>();

    private final ServerSocket front;
    private final @Nullable String credentials;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean swallowing;
    private volatile long delayMillis;

    /**
     * Starts it.
     *
     * @param credentials {@code user:password} that it wants; null for none
     */
    public TestProxy(@Nullable String credentials) throws IOException {
        this.credentials = credentials;
        this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Its address, for example {@code socks5://127.0.0.1:4711}, with what it wants. */
    public String url(String scheme) {
        return scheme + "://" + (credentials == null ? "" : credentials + "@") + "127.0.0.1:" + front.getLocalPort();
    }

    /** Whether from now on nothing passes and nobody is told, as behind a box that forgot the connection. */
    public void swallow(boolean swallow) {
        swallowing = swallow;
    }

    /** From now on each piece takes this much longer. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = front.accept();
                open.add(near);
                start(() -> serve(near));
            }
        } catch (IOException over) {
            // Closed.
        }
    }

    private void serve(Socket near) {
        try (near) {
            near.setTcpNoDelay(true);
            awaitPassage();
            DataInputStream in = new DataInputStream(near.getInputStream());
            OutputStream out = near.getOutputStream();
            int first = in.read();
            if (first == 5) {
                socks(near, in, out);
            } else if (first >= 0) {
                http(near, in, out, (char) first);
            }
        } catch (IOException over) {
            // One side is gone.
        }
    }

    private void socks(Socket near, DataInputStream in, OutputStream out) throws IOException {
        in.readFully(new byte[in.readUnsignedByte()]);
        out.write(new byte[] {5, (byte) (credentials == null ? 0 : 2)});
        if (credentials != null) {
            in.readUnsignedByte();
            String given = text(in) + ":" + text(in);
            out.write(new byte[] {1, (byte) (given.equals(credentials) ? 0 : 1)});
            if (!given.equals(credentials)) {
                return;
            }
        }
        in.readFully(new byte[3]);
        int type = in.readUnsignedByte();
        String host;
        if (type == 3) {
            host = text(in);
        } else {
            byte[] address = in.readNBytes(type == 1 ? 4 : 16);
            host = InetAddress.getByAddress(address).getHostAddress();
        }
        int port = in.readUnsignedShort();
        Socket far;
        try {
            far = connect(host, port);
        } catch (IOException refused) {
            out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
            return;
        }
        out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        relay(near, far);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    private void http(Socket near, InputStream in, OutputStream out, char first) throws IOException {
        StringBuilder head = new StringBuilder().append(first);
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
        String[] request = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        if (credentials != null
                && !head.toString()
                        .contains("Proxy-Authorization: Basic "
                                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))) {
            answer(out, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"t\"");
            return;
        }
        boolean tunnel = request[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "http://" + request[1] : request[1]);
        Socket far;
        try {
            far = connect(target.getHost(), target.getPort());
        } catch (IOException refused) {
            answer(out, "502 Bad Gateway");
            return;
        }
        if (tunnel) {
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            String path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
            String rest = head.substring(head.indexOf("\r\n"))
                    .replaceAll("(?i)\r\n((proxy-)?connection|proxy-authorization): [^\r]*", "");
            far.getOutputStream()
                    .write((request[0] + " " + path + " HTTP/1.1\r\nConnection: close" + rest)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        relay(near, far);
    }

    private static void answer(OutputStream out, String status) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private Socket connect(String host, int port) throws IOException {
        targets.add(host + ":" + port);
        Socket far = new Socket();
        open.add(far);
        far.connect(
                host.endsWith(".test")
                        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                        : new InetSocketAddress(host, port),
                5000);
        far.setTcpNoDelay(true);
        return far;
    }

    private void relay(Socket near, Socket far) throws IOException {
        start(() -> pass(near, far));
        pass(far, near);
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
                awaitPassage();
                out.write(buffer, 0, read);
            }
            // The end of a line is swallowed too.
            awaitPassage();
        } catch (IOException over) {
            // One side is gone.
        }
    }

    private void awaitPassage() {
        while (swallowing && !front.isClosed()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
