package ai.bctrl.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on and cuts its first connections off, each after a random number of bytes of the answers. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket front;
    private final URI target;
    private final Random random;
    private final int longest;
    private final AtomicInteger left;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean closed;

    CuttingProxy(String target, int cuts, int longest, long seed) {
        try {
            this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        this.target = URI.create(target);
        this.left = new AtomicInteger(cuts);
        this.longest = longest;
        this.random = new Random(seed);
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + front.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = front.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                long budget = left.getAndDecrement() > 0 ? 1 + random.nextInt(longest) : Long.MAX_VALUE;
                open.add(client);
                open.add(server);
                if (closed) {
                    // Accepted while it was closed: a thread that is in accept() keeps the port open until it has left.
                    hangUp();
                    return;
                }
                daemon(() -> passRequests(client, server));
                daemon(() -> pass(server, client, budget));
            }
        } catch (IOException closed) {
            // close() was called.
        }
    }

    /** The control plane answers only to its own name. A request's head comes in one piece. */
    private void passRequests(Socket from, Socket to) {
        try (from;
                to) {
            byte[] buffer = new byte[16 << 10];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1)
                        .replace("127.0.0.1:" + front.getLocalPort(), target.getAuthority());
                to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException over) {
            // One side is gone; so is the other.
        }
    }

    private void pass(Socket from, Socket to, long budget) {
        long passed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int now = (int) Math.min(read, budget - passed);
                out.write(buffer, 0, now);
                passed += now;
                if (passed >= budget) {
                    cuts.incrementAndGet();
                    reset(to);
                    return;
                }
            }
        } catch (IOException over) {
            // One side is gone; so is the other.
        }
    }

    private static void reset(Socket socket) throws SocketException {
        socket.setSoLinger(true, 0);
    }

    /** Hangs up on all. */
    @Override
    public void close() throws IOException {
        closed = true;
        front.close();
        hangUp();
    }

    private void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
