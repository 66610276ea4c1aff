package ai.bctrl.soak;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.local.cli.LocalMain;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code bctrl serve --data}, to be killed and started again at the same address. Thread-safe. */
final class ServeJvm implements AutoCloseable {
    static final String KEY = "key-of-the-soak";

    /** More than the workers use: browsers of killed ones stay up to half a minute. */
    private static final int PLACES = 8;

    private static final Duration START = Duration.ofMinutes(3);
    private static final RequestOptions ASK = RequestOptions.none().withTimeout(Duration.ofSeconds(10));

    private final SoakDirectory directory;
    private final int port;
    private final BctrlClient client;
    private volatile @Nullable Process process;
    private int starts;

    ServeJvm(SoakDirectory directory, Random random) {
        this.directory = directory;
        this.port = freePort(random);
        this.client = BctrlClient.builder()
                .apiKey(KEY)
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    /** Below the ports that systems give to outgoing connections, as one of those would keep a restart from listening. */
    private static int freePort(Random random) {
        for (int tries = 0; tries < 100; tries++) {
            int candidate = 20_000 + random.nextInt(12_000);
            try (ServerSocket here = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress());
                    ServerSocket front = new ServerSocket(candidate, 1, InetAddress.getByName(ChaosProxy.FRONT))) {
                return here.getLocalPort() == front.getLocalPort() ? candidate : 0;
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new BctrlException("no free port for the soak on 127.0.0.1 and " + ChaosProxy.FRONT);
    }

    int port() {
        return port;
    }

    /** Starts it, and waits until it listens. */
    synchronized void start() throws IOException, InterruptedException {
        starts++;
        Process started = directory
                .java(
                        256,
                        List.of(
                                LocalMain.class.getName(),
                                "serve",
                                "--host",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(port),
                                "--api-key",
                                KEY,
                                "--data",
                                directory.data().toString(),
                                "--max-runtimes",
                                Integer.toString(PLACES),
                                "--keep-runs",
                                "50"))
                .redirectErrorStream(true)
                .redirectOutput(directory.log("serve-" + starts).toFile())
                .start();
        process = started;
        Deadline deadline = Deadline.in(START);
        while (!listens()) {
            if (!started.isAlive() || deadline.isOver()) {
                throw new BctrlException(
                        "the control plane does not start:\n" + Files.readString(directory.log("serve-" + starts)));
            }
            deadline.pause(Duration.ofMillis(50));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** SIGKILL; returns when it is gone. */
    synchronized void kill() throws InterruptedException {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
            awaitEnd(current);
        }
    }

    /** SIGTERM; returns when it is gone. */
    @Override
    public synchronized void close() {
        client.close();
        Process current = process;
        if (current == null) {
            return;
        }
        current.destroy();
        try {
            awaitEnd(current);
        } catch (InterruptedException interrupted) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new BctrlException("the control plane does not end within 30 s of being told to");
        }
    }

    /** {@return 0 before the first start} */
    long pid() {
        Process current = process;
        return current == null ? 0 : current.pid();
    }

    boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** {@return the ids of active runtimes} */
    List<String> active() {
        return client.spaces().list(ASK).stream()
                .map(Space::id)
                .flatMap(this::active)
                .toList();
    }

    private Stream<String> active(String space) {
        return client.runtimes().list(space, ASK).stream()
                .filter(runtime -> runtime.status() == RuntimeStatus.ACTIVE)
                .map(runtime -> runtime.id());
    }
}
