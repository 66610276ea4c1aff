package ai.bctrl.local.internal.relay;

import static java.util.Objects.requireNonNull;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.service.AttachRefusedException;
import ai.bctrl.local.internal.service.AttachRequest;
import ai.bctrl.local.internal.service.Attachment;
import ai.bctrl.local.internal.service.CloseReason;
import ai.bctrl.local.internal.service.ControllerGate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Serves {@code GET /v1/cdp/{connectionId}}: lets the gate decide, connects to the browser, answers the upgrade and
 * splices the two sockets. Thread-safe.
 *
 * <p>It is a bean or a handler of the server, which starts and stops it. The server closes its connectors before its
 * handlers, so whoever stops the server calls {@link #closeAll} first, or controllers learn no reason.
 */
public final class RelayHandler extends Handler.Abstract {

    /** What the paths of CDP sockets start with; the connection's id follows. */
    public static final String PATH = "/v1/cdp/";

    private static final long BROWSER_GONE_MILLIS = 500;
    private static final long OPEN_MILLIS = 5000;
    private static final CloseReason NEVER_OPEN = new CloseReason(1006, "the controller left before the socket opened");

    private final Server server;
    private final ControllerGate gate;
    private final RelayErrors errors;
    private final BrowserConnector browsers;
    private final AtomicLong number = new AtomicLong();
    private final Set<RelaySocket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Makes a handler.
     *
     * @param server lends its threads, its scheduler and its buffers
     * @param gate decides who may attach
     * @param errors answers who may not
     */
    public RelayHandler(Server server, ControllerGate gate, RelayErrors errors) {
        this.server = requireNonNull(server, "server");
        this.gate = requireNonNull(gate, "gate");
        this.errors = requireNonNull(errors, "errors");
        this.browsers = new BrowserConnector(server);
        installBean(browsers);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(PATH) || path.length() == PATH.length() || path.indexOf('/', PATH.length()) >= 0) {
            return false;
        }
        return handle(request, response, callback, path.substring(PATH.length()));
    }

    /**
     * Serves one request, for routers that have taken the path apart.
     *
     * @return true; the request is always answered here
     */
    public boolean handle(Request request, Response response, Callback callback, String connectionId) {
        Handshake.Problem problem = Handshake.problem(request);
        if (problem != null) {
            problem.headers().forEach(response.getHeaders()::put);
            errors.write(request, response, callback, problem.status(), problem.code(), problem.message());
            return true;
        }
        Attachment attachment;
        try {
            attachment = gate.attach(new AttachRequest(
                    connectionId, query(request), request.getHeaders().get(HttpHeader.USER_AGENT)));
        } catch (AttachRefusedException e) {
            errors.write(request, response, callback, e.status(), e.code(), message(e));
            return true;
        }
        connect(attachment)
                .whenCompleteAsync(
                        (socket, failure) -> {
                            if (failure == null) {
                                open(request, response, callback, attachment, socket);
                            } else {
                                unreachable(request, response, callback, attachment, failure);
                            }
                        },
                        server.getThreadPool());
        return true;
    }

    private CompletionStage<BrowserSide> connect(Attachment attachment) {
        ClientPort port = attachment.clientPort();
        if (port == null) {
            return browsers.connect(attachment.devTools()).thenApply(socket -> socket);
        }
        CompletableFuture<ClientPort.Seat> seat = port.open().toCompletableFuture();
        return seat.orTimeout(OPEN_MILLIS, TimeUnit.MILLISECONDS)
                .thenApply(open -> new PortSide(open, server.getThreadPool()));
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new LinkedHashMap<>();
        Request.extractQueryParameters(request).forEach(field -> {
            String value = field.getValue();
            query.put(field.getName(), value == null ? "" : value);
        });
        return query;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private void open(
            Request request, Response response, Callback callback, Attachment attachment, BrowserSide browser) {
        EndPoint controller = requireNonNull(request.getTunnelSupport()).getEndPoint();
        RelaySocket socket =
                new RelaySocket("bctrl-relay-" + number.incrementAndGet(), controller, browser, attachment, server);
        sockets.add(socket);
        Scheduler.Task deadline = server.getScheduler()
                .schedule(() -> socket.abortUnlessOpen(NEVER_OPEN), OPEN_MILLIS, TimeUnit.MILLISECONDS);
        socket.done().whenComplete((ok, failure) -> {
            deadline.cancel();
            sockets.remove(socket);
        });
        Request.addCompletionListener(request, failure -> {
            if (failure != null) {
                socket.abortUnlessOpen(NEVER_OPEN);
            }
        });
        Handshake.accept(request, response);
        request.setAttribute(
                HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
                new ControllerConnection(controller, server.getThreadPool(), socket));
        callback.succeeded();
    }

    /** The browser may have ended a moment ago; its engine knows more than the refused connection tells. */
    private void unreachable(
            Request request, Response response, Callback callback, Attachment attachment, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        CloseReason unknown = new CloseReason(1011, "cannot reach the browser: " + message(cause));
        CompletionStage<CloseReason> known = attachment
                .browserGone()
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(unknown, BROWSER_GONE_MILLIS, TimeUnit.MILLISECONDS);
        known.exceptionally(ignored -> unknown)
                .thenAcceptAsync(
                        reason -> {
                            attachment.closed(reason, 0, 0);
                            errors.write(
                                    request,
                                    response,
                                    callback,
                                    HttpStatus.BAD_GATEWAY_502,
                                    "runtime.unreachable",
                                    "The runtime's browser cannot be reached: " + reason.text());
                        },
                        server.getThreadPool());
    }

    /** How many sockets are open. */
    public int openSockets() {
        return sockets.size();
    }

    /**
     * Ends every socket and waits until all are closed.
     *
     * @param reason what the controllers shall read
     * @param deadline how long to wait; sockets close within about a second
     */
    public void closeAll(CloseReason reason, Duration deadline) {
        CompletableFuture<?>[] ends = sockets.stream()
                .map(socket -> {
                    socket.close(reason);
                    return socket.done().toCompletableFuture();
                })
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            sockets.forEach(socket -> socket.abort(reason));
        } catch (InterruptedException e) {
            sockets.forEach(socket -> socket.abort(reason));
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void doStop() throws Exception {
        closeAll(new CloseReason(1001, "the control plane is shutting down"), Duration.ofSeconds(2));
        super.doStop();
    }
}
