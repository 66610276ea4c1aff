package ai.bctrl.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connection through the proxy: a thread for each direction. Thread-safe. */
final class ProxiedConnection implements AutoCloseable {
    /** Longer than a client may take to notice, short enough that nothing waits for it at the end. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Socket client;
    private final Socket server;
    private final Consumer<ProxiedConnection> whenOver;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean silent;

    ProxiedConnection(Socket client, Socket server, Consumer<ProxiedConnection> whenOver) {
        this.client = client;
        this.server = server;
        this.whenOver = whenOver;
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    void begin() {
        thread("soak-proxy-up", () -> pass(client, server));
        thread("soak-proxy-down", () -> pass(server, client));
    }

    private void pass(Socket from, Socket to) {
        try {
            byte[] buffer = new byte[16 << 10];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (silent && over.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (silent) {
                    reset();
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException gone) {
            // One side is gone; so is the other.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Both sides see a reset. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException closed) {
            // It is over already.
        }
        close();
    }

    /** Nothing passes any more, and nobody is told, as with a proxy that has forgotten the connection. */
    void fallSilent() {
        silent = true;
    }

    /** Both sides see an end. */
    @Override
    public void close() {
        try (client;
                server) {
            over.countDown();
        } catch (IOException closed) {
            // That is what was wanted.
        }
        whenOver.accept(this);
    }
}
