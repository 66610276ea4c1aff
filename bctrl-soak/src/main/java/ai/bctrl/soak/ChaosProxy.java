package ai.bctrl.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between the workers and the control plane, at the same port of another loopback address, and does harm to connections when
 * told to. Thread-safe.
 */
final class ChaosProxy implements AutoCloseable {
    /** A control plane answers to each loopback address, so nothing that passes need be changed. */
    static final String FRONT = "127.0.0.2";

    private final ServerSocket front;
    private final int port;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();

    ChaosProxy(int port) throws IOException {
        this.port = port;
        this.front = new ServerSocket(port, 50, InetAddress.getByName(FRONT));
        ProxiedConnection.thread("soak-proxy-accept", this::accept);
    }

    String baseUrl() {
        return "http://" + FRONT + ":" + port;
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                Socket server = new Socket();
                try {
                    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
                } catch (IOException down) {
                    server.close();
                    client.close();
                    continue;
                }
                ProxiedConnection connection = new ProxiedConnection(client, server, open::remove);
                open.add(connection);
                connection.begin();
            } catch (IOException closed) {
                // close() was called, or the client is gone already.
            }
        }
    }

    int connections() {
        return open.size();
    }

    /** Cuts one connection with a reset, ends it in good order, or lets it fall silent. {@return whether there was one} */
    boolean harm(Random random) {
        List<ProxiedConnection> all = List.copyOf(open);
        if (all.isEmpty()) {
            return false;
        }
        ProxiedConnection victim = all.get(random.nextInt(all.size()));
        switch (random.nextInt(3)) {
            case 0 -> victim.reset();
            case 1 -> victim.close();
            default -> victim.fallSilent();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        front.close();
        open.forEach(ProxiedConnection::close);
    }
}
