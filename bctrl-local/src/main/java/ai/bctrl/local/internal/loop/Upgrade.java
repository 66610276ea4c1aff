package ai.bctrl.local.internal.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One side of the WebSocket handshake, without extensions: reads until the header is whole. Belongs to a loop's thread. */
public final class Upgrade implements Wire.Listener {

    private static final int MAX_HEADER = 16 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** What becomes of it. */
    public interface Outcome {
        /**
         * The other side's header is here.
         *
         * @param header request line or status line and all fields
         * @param early what came behind it
         * @throws IOException if it is not what was asked for; the socket is closed then
         */
        void done(Wire wire, String header, byte[] early) throws IOException;

        /** There will be no header, or it was not taken. */
        void failed();
    }

    private final @Nullable String request;
    private final Outcome outcome;
    private byte[] header = new byte[0];
    private @Nullable Wire wire;
    private boolean over;

    private Upgrade(@Nullable String request, Outcome outcome) {
        this.request = request;
        this.outcome = outcome;
    }

    /** Waits for a client's request. */
    public static void answer(Loop loop, SocketChannel channel, Outcome outcome) throws IOException {
        Upgrade upgrade = new Upgrade(null, outcome);
        upgrade.begin(loop, Wire.accepted(loop, channel, upgrade));
    }

    /** Connects to a server and asks it. */
    public static Wire ask(Loop loop, URI url, Outcome outcome) throws IOException {
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        Upgrade upgrade = new Upgrade(
                "GET " + target(url) + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(random) + "\r\n\r\n",
                outcome);
        return upgrade.begin(loop, Wire.connect(loop, new InetSocketAddress(url.getHost(), url.getPort()), upgrade));
    }

    private static String target(URI url) {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    private Wire begin(Loop loop, Wire opened) {
        wire = opened;
        loop.schedule(
                () -> {
                    if (!over) {
                        opened.close();
                    }
                },
                DEADLINE);
        return opened;
    }

    @Override
    public void connected() {
        if (request != null && wire != null) {
            byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
            wire.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public void received(byte[] bytes, int from, int to) throws IOException {
        int before = header.length;
        header = Arrays.copyOf(header, before + to - from);
        System.arraycopy(bytes, from, header, before, to - from);
        int end = endOfHeader();
        if (end < 0) {
            if (header.length > MAX_HEADER) {
                throw new IOException("the header is longer than " + MAX_HEADER + " bytes");
            }
            return;
        }
        Wire ready = wire;
        if (ready != null) {
            over = true;
            try {
                outcome.done(
                        ready,
                        new String(header, 0, end, StandardCharsets.ISO_8859_1),
                        Arrays.copyOfRange(header, end, header.length));
            } catch (IOException | RuntimeException refused) {
                outcome.failed();
                throw refused;
            }
        }
    }

    @Override
    public void ended() {
        if (!over) {
            over = true;
            outcome.failed();
        }
    }

    private int endOfHeader() {
        for (int i = 3; i < header.length; i++) {
            if (header[i] == '\n' && header[i - 1] == '\r' && header[i - 2] == '\n' && header[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The value of a field; null where there is none. */
    public static @Nullable String field(String header, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return header.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    /** The answer that accepts a client's key. */
    public static byte[] accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }
}
