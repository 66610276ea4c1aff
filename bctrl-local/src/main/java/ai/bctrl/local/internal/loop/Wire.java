package ai.bctrl.local.internal.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One socket of a {@link Loop}. What cannot be written at once is kept until it can; whoever writes much looks at {@link
 * #isCongested} and stops its own source. Belongs to the loop's thread.
 */
public final class Wire implements ClientSide {

    /** So much may wait to be written before sources are stopped. */
    private static final int CONGESTED = 128 * 1024;

    /** Nobody reads that slowly on purpose; what we make up ourselves must not pile up either. */
    private static final int HOPELESS = 64 * 1024 * 1024;

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Hears what the socket does. */
    public interface Listener {
        /** Bytes came; they are the listener's only until it returns. */
        void received(byte[] bytes, int from, int to) throws IOException;

        /** It may be written to again. */
        default void drained() {}

        /** It is connected. */
        default void connected() throws IOException {}

        /** It is closed, from whichever side; told once. */
        void ended();
    }

    private final Loop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
    private Listener listener;
    private long unsentBytes;
    private boolean reading = true;
    private boolean closing;
    private boolean over;

    private Wire(Loop loop, SocketChannel channel, int operations, Listener listener) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.listener = listener;
        this.key = loop.register(channel, operations, ignored -> ready());
    }

    /** Takes a socket that somebody connected to us. */
    public static Wire accepted(Loop loop, SocketChannel channel, Listener listener) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Wire(loop, channel, SelectionKey.OP_READ, listener);
    }

    /** Connects. */
    public static Wire connect(Loop loop, InetSocketAddress to, Listener listener) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(to);
            Wire wire = new Wire(loop, channel, SelectionKey.OP_CONNECT, listener);
            if (connected) {
                loop.execute(wire::ready);
            }
            return wire;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void listen(Listener next) {
        listener = next;
    }

    @Override
    public boolean isCongested() {
        return unsentBytes > CONGESTED;
    }

    public boolean isOver() {
        return over;
    }

    /** Reads or stops reading. */
    @Override
    public void read(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            interest();
        }
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        if (from >= to || over || closing) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, to - from);
        if (unsent.isEmpty()) {
            try {
                channel.write(buffer);
            } catch (IOException lost) {
                close();
                return;
            }
            if (!buffer.hasRemaining()) {
                return;
            }
        }
        keep(Arrays.copyOfRange(bytes, buffer.position() + buffer.arrayOffset(), to));
    }

    private void keep(byte[] rest) {
        unsent.add(ByteBuffer.wrap(rest));
        unsentBytes += rest.length;
        if (unsentBytes > HOPELESS) {
            close();
            return;
        }
        interest();
    }

    /** Closes as soon as everything is written, or after 2 s. */
    @Override
    public void closeSoon() {
        if (over || closing) {
            return;
        }
        closing = true;
        if (unsent.isEmpty()) {
            close();
        } else {
            read(false);
            loop.schedule(this::close, GOODBYE);
        }
    }

    /**
     * Lets the socket go without closing it.
     *
     * @return what was not written
     */
    public ByteBuffer release() {
        ByteBuffer rest = ByteBuffer.allocate((int) unsentBytes);
        unsent.forEach(rest::put);
        unsent.clear();
        unsentBytes = 0;
        over = true;
        key.cancel();
        return rest.flip();
    }

    /** Closes at once. */
    public void close() {
        if (over) {
            return;
        }
        over = true;
        unsent.clear();
        unsentBytes = 0;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is what it shall be.
        }
        // Later: whoever is just writing to many shall not find some of them gone.
        loop.execute(() -> listener.ended());
    }

    private void interest() {
        if (!over && channel.isConnected()) {
            key.interestOps(
                    (reading && !closing ? SelectionKey.OP_READ : 0) | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    private void ready() {
        if (over) {
            return;
        }
        try {
            if (key.isConnectable() || !key.isValid() || channel.isConnectionPending()) {
                channel.finishConnect();
                interest();
                listener.connected();
            }
            if (!over && key.isWritable()) {
                flush();
            }
            if (!over && reading && !closing && key.isReadable()) {
                fill();
            }
        } catch (IOException | RuntimeException broken) {
            // What one side sends must not end the thread that serves all others.
            close();
        }
    }

    private void fill() throws IOException {
        byte[] buffer = loop.buffer();
        int n = channel.read(ByteBuffer.wrap(buffer));
        if (n < 0) {
            close();
        } else if (n > 0) {
            listener.received(buffer, 0, n);
        }
    }

    private void flush() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer next = unsent.getFirst();
            unsentBytes -= channel.write(next);
            if (next.hasRemaining()) {
                return;
            }
            unsent.removeFirst();
        }
        interest();
        if (closing) {
            close();
        } else {
            listener.drained();
        }
    }
}
