package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.loop.ClientSide;
import ai.bctrl.local.internal.loop.Loop;
import ai.bctrl.local.internal.loop.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client whose socket was handed over to the loop. When the browser's side has ended, and also when the loop has, the
 * socket is handed back, as it is not for us to tell the client why. What comes from outside is thread-safe, all else
 * belongs to the loop's thread.
 */
final class Handover implements ClientPort.Seat, ClientSide {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private record Client(SocketChannel socket, ByteBuffer early, ClientPort.Watch watch) {}

    private final Loop loop;
    private final Hub hub;
    private final Tenant tenant;
    private final Wire browser;
    private final byte[] fromBrowser;
    private final Runnable farewell = this::browserEnded;

    /** Both under the lock of this object: who comes too late must be told. */
    private @Nullable Client taken;

    private boolean over;

    private @Nullable Wire wire;
    private Wire.@Nullable Listener listener;
    private boolean leaving;

    /** The client is gone, or its socket was handed back. */
    private boolean parted;

    /**
     * Waits for a client.
     *
     * @param browser its connection to the browser
     * @param fromBrowser what came from there already
     */
    Handover(Loop loop, Hub hub, Tenant tenant, Wire browser, byte[] fromBrowser) {
        this.loop = loop;
        this.hub = hub;
        this.tenant = tenant;
        this.browser = browser;
        this.fromBrowser = fromBrowser;
        browser.read(false);
        browser.listen(new Waiting());
        loop.beforeEnd(farewell);
    }

    @Override
    public void take(SocketChannel socket, ByteBuffer early, ClientPort.Watch watch) {
        boolean late;
        synchronized (this) {
            late = over;
            taken = new Client(socket, early, watch);
        }
        if (late) {
            watch.browserEnded(NOTHING);
        } else {
            loop.execute(this::begin);
        }
    }

    @Override
    public void leave() {
        loop.execute(() -> {
            leaving = true;
            leaveBetweenFrames();
        });
    }

    @Override
    public void close() {
        loop.execute(() -> {
            Wire open = wire;
            boolean wasParted = parted;
            part();
            browser.close();
            if (open != null && !wasParted) {
                open.close();
            }
        });
    }

    private synchronized @Nullable Client client() {
        return taken;
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    private void begin() {
        Client client = client();
        if (client == null || parted) {
            return;
        }
        if (tenant.isClosed() || browser.isOver()) {
            browserEnded();
            browser.close();
            return;
        }
        FromClient fromClient = new FromClient(client.watch);
        try {
            wire = Wire.accepted(loop, client.socket, fromClient);
        } catch (IOException | IllegalStateException gone) {
            part();
            browser.close();
            client.watch.clientEnded();
            return;
        }
        Connection connection = new Connection(hub, tenant, this, browser);
        tenant.connections().add(connection);
        browser.read(true);
        try {
            connection.start(new byte[0], fromBrowser);
            byte[] early = new byte[client.early.remaining()];
            client.early.get(early);
            fromClient.received(early, 0, early.length);
        } catch (IOException malformed) {
            connection.end();
        }
        leaveBetweenFrames();
    }

    private void leaveBetweenFrames() {
        Client client = client();
        Wire.Listener filter = listener;
        if (leaving && !parted && client != null && filter != null && client.watch.isBetweenFrames()) {
            // For the filter it is the client who leaves; it ends the browser's side and calls closeSoon().
            filter.ended();
        }
    }

    /** Nothing is said to anybody from now on. */
    private void part() {
        parted = true;
        boolean unused = end();
        loop.forget(farewell);
    }

    private void browserEnded() {
        if (parted) {
            return;
        }
        part();
        Client client = client();
        if (client != null) {
            Wire open = wire;
            client.watch.browserEnded(open == null ? NOTHING : open.release());
        }
    }

    @Override
    public void listen(Wire.Listener next) {
        listener = next;
    }

    @Override
    public boolean isCongested() {
        return wire != null && wire.isCongested();
    }

    @Override
    public void read(boolean wanted) {
        if (wire != null && !parted) {
            wire.read(wanted);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        Client client = client();
        if (wire == null || client == null || parted || from >= to || (leaving && client.watch.isBetweenFrames())) {
            return;
        }
        wire.write(bytes, from, from + client.watch.toClient(ByteBuffer.wrap(bytes, from, to - from), leaving));
        if (leaving && client.watch.isBetweenFrames()) {
            // Later: the filter is just writing.
            loop.execute(this::leaveBetweenFrames);
        }
    }

    @Override
    public void closeSoon() {
        browserEnded();
    }

    /** The browser may go before the client has come. */
    private final class Waiting implements Wire.Listener {
        @Override
        public void received(byte[] bytes, int from, int to) {
            // It is not read.
        }

        @Override
        public void ended() {
            browserEnded();
        }
    }

    private final class FromClient implements Wire.Listener {
        private final ClientPort.Watch watch;

        FromClient(ClientPort.Watch watch) {
            this.watch = watch;
        }

        @Override
        public void received(byte[] bytes, int from, int to) throws IOException {
            Wire.Listener filter = listener;
            if (from < to && watch.fromClient(ByteBuffer.wrap(bytes, from, to - from)) && filter != null && !parted) {
                filter.received(bytes, from, to);
            }
        }

        @Override
        public void drained() {
            Wire.Listener filter = listener;
            if (filter != null) {
                filter.drained();
            }
        }

        @Override
        public void ended() {
            Wire.Listener filter = listener;
            part();
            if (filter != null) {
                filter.ended();
            }
            watch.clientEnded();
        }
    }
}
