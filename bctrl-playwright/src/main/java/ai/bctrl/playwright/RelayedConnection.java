package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.network.NetworkFault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One driver, one browser, and what passes between them: everything as it is, but messages about files, and pings and pongs of
 * our own. Thread-safe. Ends by itself with either side.
 */
final class RelayedConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_REASON = 120;

    private final RelayTarget target;
    private final Socket driver;
    private final RelayThreads threads;
    private final @Nullable FileTransfers transfers;
    private final Silence silence;
    private final byte[] question = new byte[8];
    private final byte[] mask = new byte[4];
    private final AtomicReference<@Nullable RelayEnding> ending = new AtomicReference<>();
    private final AtomicReference<@Nullable Socket> browser = new AtomicReference<>();
    private volatile @Nullable Heartbeat heartbeat;
    private volatile boolean closed;

    RelayedConnection(RelayTarget target, Socket driver, RelayThreads threads) {
        this.target = target;
        this.driver = driver;
        this.threads = threads;
        this.transfers = target.files() == null ? null : new FileTransfers(target.files());
        this.silence = new Silence(target.silenceLimit());
        SecureRandom random = new SecureRandom();
        random.nextBytes(question);
        random.nextBytes(mask);
    }

    /** How it ended; null as long as it has not. */
    @Nullable
    RelayEnding ending() {
        return ending.get();
    }

    /** Dials the browser and starts to pass on, or tells the driver why that cannot be. */
    void open(InputStream fromDriver, String request) throws IOException {
        Socket far;
        InputStream fromBrowser;
        String answer;
        try {
            far = target.network().dial(target.host(), target.port(), target.isTls(), CONNECT);
            keep(far);
            far.setTcpNoDelay(true);
            far.setSoTimeout((int) CONNECT.toMillis());
            far.getOutputStream()
                    .write(HttpHead.request(request, target.address()).getBytes(StandardCharsets.ISO_8859_1));
            fromBrowser = new BufferedInputStream(new WatchedInput(far.getInputStream(), silence), BUFFER);
            answer = HttpHead.read(fromBrowser);
        } catch (IOException unreachable) {
            answerUnreachable(unreachable);
            return;
        }
        driver.setSoTimeout(0);
        OutputStream toDriver = new BufferedOutputStream(driver.getOutputStream(), BUFFER);
        OutputStream toBrowser = new BufferedOutputStream(new WatchedOutput(far.getOutputStream(), silence), BUFFER);
        toDriver.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        toDriver.flush();
        if (!answer.startsWith("HTTP/1.1 101")) {
            threads.start("refusal", () -> passRefusal(fromBrowser, toDriver));
            return;
        }
        far.setSoTimeout(0);
        threads.start("driver", () -> pump(new FramePump(fromDriver, toBrowser, new OfDriver(toBrowser, toDriver))));
        threads.start("browser", () -> pump(new FramePump(fromBrowser, toDriver, new OfBrowser(toDriver))));
        if (!target.silenceLimit().isZero()) {
            watch(toBrowser, toDriver);
        }
    }

    private void keep(Socket far) throws IOException {
        browser.set(far);
        if (closed) {
            far.close();
        }
    }

    private void watch(OutputStream toBrowser, OutputStream toDriver) {
        Heartbeat started = new Heartbeat(
                silence,
                target.silenceLimit(),
                () -> write(WebSocketFrame.control(WebSocketFrame.PING, question, mask), toBrowser),
                target.controlPlane(),
                silent -> giveUp(silent, toDriver));
        heartbeat = started;
        started.start(threads);
        if (closed) {
            started.close();
        }
    }

    private void giveUp(RelayEnding silent, OutputStream toDriver) {
        ending.compareAndSet(null, silent);
        abort(browser.get());
        byte[] reason = silent.text().getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + Math.min(reason.length, LONGEST_REASON)];
        payload[0] = (byte) (1011 >> 8);
        payload[1] = (byte) 1011;
        System.arraycopy(reason, 0, payload, 2, payload.length - 2);
        write(WebSocketFrame.control(WebSocketFrame.CLOSE, payload, null), toDriver);
        close();
    }

    private void answerUnreachable(IOException failure) throws IOException {
        NetworkFault fault = NetworkFault.of(failure, target.host());
        ending.compareAndSet(null, new RelayEnding(RelayEnding.Kind.UNREACHABLE, fault.sentence()));
        byte[] body = fault.sentence().getBytes(StandardCharsets.UTF_8);
        OutputStream out = driver.getOutputStream();
        out.write(("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        close();
    }

    private void passRefusal(InputStream from, OutputStream to) {
        try {
            from.transferTo(to);
            to.flush();
        } catch (IOException over) {
            // The driver has its answer, or is gone.
        } finally {
            close();
        }
    }

    private void pump(FramePump pump) {
        try {
            pump.run();
        } catch (IOException over) {
            // One side is gone; so is the other.
        } finally {
            if (!closed) {
                ending.compareAndSet(null, RelayEnding.closed(CloseCode.NONE));
            }
            close();
        }
    }

    private static void write(byte[] frame, OutputStream out) {
        try {
            synchronized (out) {
                out.write(frame);
                out.flush();
            }
        } catch (IOException gone) {
            // The pump of that side ends with it.
        }
    }

    private static void write(WebSocketFrame frame, CdpMessage message, OutputStream out) {
        try {
            synchronized (out) {
                frame.writeInstead(message.text().getBytes(StandardCharsets.UTF_8), out);
            }
        } catch (IOException gone) {
            // The pump of that side ends with it.
        }
    }

    /** Closes without a farewell, for which TLS would wait as long as a write is stuck. */
    private static void abort(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException over) {
                // Closed already.
            }
            close(socket);
        }
    }

    static void close(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException over) {
                // It is of no use any more either way.
            }
        }
    }

    /** Ends the connection and its threads. */
    @Override
    public void close() {
        closed = true;
        Heartbeat beating = heartbeat;
        if (beating != null) {
            beating.close();
        }
        close(driver);
        close(browser.get());
    }

    private final class OfDriver implements FramePump.Inspection {
        private final OutputStream toBrowser;
        private final OutputStream toDriver;

        OfDriver(OutputStream toBrowser, OutputStream toDriver) {
            this.toBrowser = toBrowser;
            this.toDriver = toDriver;
        }

        @Override
        public boolean matters(String begin) {
            return transfers != null && transfers.mattersFromDriver(begin);
        }

        @Override
        public void take(WebSocketFrame frame, CdpMessage message) {
            threads.start("upload", () -> send(frame, message));
        }

        private void send(WebSocketFrame frame, CdpMessage message) {
            try {
                write(frame, Objects.requireNonNull(transfers).toBrowser(message), toBrowser);
            } catch (BctrlException failed) {
                write(WebSocketFrame.unmasked(), message.failed(String.valueOf(failed.getMessage())), toDriver);
            }
        }

        @Override
        public boolean control(int opcode, byte[] payload) {
            if (opcode == WebSocketFrame.CLOSE) {
                // Whatever follows, it was the driver's wish.
                ending.compareAndSet(null, RelayEnding.closed(CloseCode.of(payload)));
            }
            return true;
        }
    }

    private final class OfBrowser implements FramePump.Inspection {
        private final OutputStream toDriver;

        OfBrowser(OutputStream toDriver) {
            this.toDriver = toDriver;
        }

        @Override
        public boolean matters(String begin) {
            return transfers != null && transfers.mattersFromBrowser(begin);
        }

        @Override
        public void take(WebSocketFrame frame, CdpMessage message) {
            FileTransfers own = Objects.requireNonNull(transfers);
            if (own.isFinished(message)) {
                threads.start("download", () -> write(frame, own.toDriver(message), toDriver));
            } else {
                write(frame, message, toDriver);
            }
        }

        @Override
        public boolean control(int opcode, byte[] payload) {
            if (opcode == WebSocketFrame.CLOSE) {
                ending.compareAndSet(null, RelayEnding.closed(CloseCode.of(payload)));
            } else if (opcode == WebSocketFrame.PONG && Arrays.equals(payload, question)) {
                silence.answer();
                return false;
            }
            return true;
        }
    }
}
