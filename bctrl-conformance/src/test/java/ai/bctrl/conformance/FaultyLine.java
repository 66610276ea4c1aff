package ai.bctrl.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stands before a control plane, as its network does, and can fail as networks do. */
final class FaultyLine implements AutoCloseable {
    private final ServerSocket front;
    private final URI target;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> browserSockets = new ConcurrentLinkedQueue<>();
    private final Queue<Line> browserLines = new ConcurrentLinkedQueue<>();
    private volatile boolean swallowsBrowser;
    private volatile boolean swallowsAll;
    private volatile long delayMillis;
    private volatile long fromServer = Long.MAX_VALUE;
    private volatile LateOutput.@Nullable Delay late;

    FaultyLine(String target) throws IOException {
        this.target = URI.create(target);
        this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + front.getLocalPort();
    }

    /** From now on what is said on the browsers' sockets gets lost; nobody is told. */
    void swallowBrowser() {
        swallowsBrowser = true;
    }

    /** From now on everything gets lost. */
    void swallowAll() {
        swallowsAll = true;
    }

    /** From now on everything takes that long, each way. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** From now on new connections lose segments, as far as programs see that. */
    void late(LateOutput.Delay delay) {
        late = delay;
    }

    /** Of each connection only so many bytes come from the server, and then nothing. */
    void passFromServer(long bytes) {
        fromServer = bytes;
    }

    /** Says to the clients of the browsers that the connection is closed, and why, as a server or a proxy does. */
    void closeBrowser(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[4 + text.length];
        frame[0] = (byte) 0x88;
        frame[1] = (byte) (2 + text.length);
        frame[2] = (byte) (code >> 8);
        frame[3] = (byte) code;
        System.arraycopy(text, 0, frame, 4, text.length);
        for (Line line : browserLines) {
            line.closed = true;
            try {
                line.client.getOutputStream().write(frame);
            } catch (IOException gone) {
                throw new AssertionError("the browser's client has gone before", gone);
            }
        }
    }

    /** Closes the browsers' sockets without a word of the WebSocket protocol. */
    void cutBrowser() {
        browserSockets.forEach(FaultyLine::close);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-line");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = front.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                open.add(client);
                open.add(server);
                Line line = new Line(client);
                daemon(() -> pass(client, server, line, front.getLocalPort(), target.getPort()));
                daemon(() -> pass(server, client, line, target.getPort(), front.getLocalPort()));
            }
        } catch (IOException closed) {
            // close() was called.
        }
    }

    /** What is known of one connection. */
    private static final class Line {
        private final Socket client;
        private volatile boolean ofBrowser;
        private volatile boolean closed;

        Line(Socket client) {
            this.client = client;
        }
    }

    private OutputStream late(OutputStream out, int port) {
        LateOutput.Delay delay = late;
        return delay == null ? out : new LateOutput(out, delay, port);
    }

    private void pass(Socket from, Socket to, Line line, int portThere, int portHere) {
        byte[] buffer = new byte[1 << 16];
        long left = from == line.client ? Long.MAX_VALUE : fromServer;
        try (from;
                to;
                OutputStream out = late(to.getOutputStream(), from.getPort())) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                byte[] bytes = new byte[read];
                System.arraycopy(buffer, 0, bytes, 0, read);
                boolean begins = !line.ofBrowser;
                if (begins) {
                    bytes = renamed(bytes, portThere, portHere);
                }
                if (begins && new String(bytes, StandardCharsets.ISO_8859_1).startsWith("GET /v1/cdp/")) {
                    line.ofBrowser = true;
                    browserSockets.add(from);
                    browserSockets.add(to);
                    browserLines.add(line);
                }
                if (delayMillis > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
                }
                if (!swallowsAll && !line.closed && !(swallowsBrowser && line.ofBrowser)) {
                    out.write(bytes, 0, (int) Math.min(bytes.length, left));
                    out.flush();
                    left -= Math.min(bytes.length, left);
                }
            }
        } catch (IOException cut) {
            // So is the other side, by now.
        }
    }

    /** The control plane answers only to its own name, and names itself in its answers. */
    private static byte[] renamed(byte[] bytes, int from, int to) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("127.0.0.1:" + from, "127.0.0.1:" + to)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        open.forEach(FaultyLine::close);
    }
}
