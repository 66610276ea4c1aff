package ai.bctrl.local.internal.relay;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Makes the upgrade on a socket to a browser, without extensions, so that both sides speak the same frames. */
final class BrowserHandshake extends AbstractConnection {

    /** How long the browser may take to answer. */
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final int MAX_HEADER = 16 * 1024;

    /**
     * A socket after the upgrade.
     *
     * @param early what came together with the answer; may be empty
     */
    record Upgraded(EndPoint endPoint, ByteBuffer early) {}

    private final Scheduler scheduler;
    private final URI devTools;
    private final CompletableFuture<Upgraded> result;
    private final String key = WebSocketKeys.random();
    private final ByteBuffer header = BufferUtil.allocate(MAX_HEADER);
    private volatile Scheduler.@Nullable Task deadline;

    BrowserHandshake(
            EndPoint endPoint,
            Executor executor,
            Scheduler scheduler,
            URI devTools,
            CompletableFuture<Upgraded> result) {
        super(endPoint, executor);
        this.scheduler = scheduler;
        this.devTools = devTools;
        this.result = result;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        deadline = scheduler.schedule(
                () -> fail(new IOException(
                        "no answer on " + devTools.getRawAuthority() + " within " + DEADLINE.toSeconds() + " s")),
                DEADLINE.toMillis(),
                TimeUnit.MILLISECONDS);
        String query = devTools.getRawQuery() == null ? "" : "?" + devTools.getRawQuery();
        String request = "GET " + devTools.getRawPath() + query + " HTTP/1.1\r\nHost: " + devTools.getRawAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key + "\r\n\r\n";
        getEndPoint()
                .write(
                        Callback.from(this::fillInterested, this::fail),
                        ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void onFillable() {
        try {
            while (true) {
                int n = getEndPoint().fill(header);
                int end = endOfHeader();
                if (end >= 0) {
                    upgraded(end);
                    return;
                }
                if (n < 0) {
                    throw new IOException("the browser closed the connection instead of answering the upgrade");
                }
                if (BufferUtil.space(header) == 0) {
                    throw new IOException(
                            "the browser's answer to the upgrade is longer than " + MAX_HEADER + " bytes");
                }
                if (n == 0) {
                    fillInterested();
                    return;
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        fail(cause);
        super.onFillInterestedFailed(cause);
    }

    private void upgraded(int end) throws IOException {
        String text = StandardCharsets.ISO_8859_1
                .decode(header.slice(header.position(), end - header.position()))
                .toString();
        String status = text.lines().findFirst().orElse("");
        if (!status.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("the browser refused the upgrade: " + status);
        }
        boolean accepted = text.lines()
                .map(line -> line.split(":", 2))
                .anyMatch(field -> field.length == 2
                        && field[0].strip().equalsIgnoreCase("Sec-WebSocket-Accept")
                        && field[1].strip().equals(WebSocketKeys.accept(key)));
        if (!accepted) {
            throw new IOException("the browser answered the upgrade with a wrong Sec-WebSocket-Accept");
        }
        header.position(end);
        cancelDeadline();
        if (!result.complete(new Upgraded(getEndPoint(), header))) {
            close();
        }
    }

    /** The index behind the empty line; -1 where it has not come yet. */
    private int endOfHeader() {
        for (int i = header.position(); i + 3 < header.limit(); i++) {
            if (header.get(i) == '\r'
                    && header.get(i + 1) == '\n'
                    && header.get(i + 2) == '\r'
                    && header.get(i + 3) == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private void cancelDeadline() {
        Scheduler.Task task = deadline;
        if (task != null) {
            task.cancel();
        }
    }

    private void fail(Throwable cause) {
        cancelDeadline();
        result.completeExceptionally(cause);
        close();
    }
}
