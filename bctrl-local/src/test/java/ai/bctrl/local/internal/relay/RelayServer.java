package ai.bctrl.local.internal.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server that has nothing but the relay. */
final class RelayServer {

    private final Server server;
    private final ServerConnector connector;
    final RelayHandler relay;

    RelayServer(FakeGate gate) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(16);
        threads.setName("bctrl-test-relay");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(500);
        server.addConnector(connector);
        relay = new RelayHandler(server, gate, RelayServer::error);
        server.setHandler(relay);
        server.start();
    }

    private static void error(
            Request request, Response response, Callback callback, int status, String code, String message) {
        response.setStatus(status);
        response.getHeaders().put("Content-Type", "application/json");
        String body = "{\"error\":\"" + message + "\",\"code\":\"" + code + "\",\"requestId\":\"req_1\"}";
        response.write(true, BufferUtil.toBuffer(body, StandardCharsets.UTF_8), callback);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    URI url(String id) {
        return URI.create("ws://127.0.0.1:" + connector.getLocalPort() + RelayHandler.PATH + id + "?token=t%20t&x=1");
    }

    /** End points that are open now, the controllers' as well as the browsers'. */
    int endPoints() {
        return connector.getConnectedEndPoints().size();
    }

    void stop() throws Exception {
        server.stop();
    }
}
