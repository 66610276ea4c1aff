package ai.bctrl.benchmarks.plane;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that do nothing: a program that behaves like a Chromium that starts and waits, a DevTools server for all of them that
 * answers every command with nothing. Thousands of them cost no more than their shells, so that what is left is the control plane.
 * POSIX only. Thread-safe; whoever made it closes it.
 */
public final class SimulatedBrowsers implements AutoCloseable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?im)^Sec-WebSocket-Key:\\s*(\\S+)");
    private static final Pattern PID = Pattern.compile("^GET /devtools/browser/(\\d+)");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");

    private final ServerSocket server;
    private final Path program;
    private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bctrl-simulated-browser");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes the program and starts the server.
     *
     * @param directory where the program is written
     */
    public SimulatedBrowsers(Path directory) throws IOException {
        this.server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        Files.createDirectories(directory);
        this.program = directory.resolve("simulated-chromium");
        Files.writeString(
                program,
                "#!/bin/sh\ncase \"$*\" in *--version*) echo 'Chromium 156.0.0.0'; exit 0 ;; esac\n"
                        + "echo \"DevTools listening on ws://127.0.0.1:" + server.getLocalPort()
                        + "/devtools/browser/$$\" >&2\nexec sleep 86400\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        threads.execute(this::accept);
    }

    /** {@return the program to give to a control plane as its Chromium} */
    public Path program() {
        return program;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.put(socket, true);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // By close().
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            String head = head(in);
            Matcher key = KEY.matcher(head);
            if (!key.find()) {
                byte[] body = "{\"Browser\": \"HeadlessChrome/156.0.0.0\", \"Protocol-Version\": \"1.3\"}"
                        .getBytes(StandardCharsets.UTF_8);
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                                + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                return;
            }
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accepted(key.group(1)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            converse(in, out, head);
        } catch (IOException | GeneralSecurityException gone) {
            // The other side has hung up.
        } finally {
            sockets.remove(socket);
        }
    }

    private static void converse(DataInputStream in, OutputStream out, String head) throws IOException {
        String message = message(in);
        while (message != null) {
            Matcher id = ID.matcher(message);
            if (id.find()) {
                Matcher session = SESSION.matcher(message);
                out.write(frame("{\"id\":" + id.group(1) + ",\"result\":{}"
                        + (session.find() ? ",\"sessionId\":\"" + session.group(1) + "\"}" : "}")));
                out.flush();
            }
            if (message.contains("Browser.close")) {
                Matcher pid = PID.matcher(head);
                if (pid.find()) {
                    ProcessHandle.of(Long.parseLong(pid.group(1))).ifPresent(ProcessHandle::destroy);
                }
                return;
            }
            message = message(in);
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static String accepted(String key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** Null at the end; what is not text counts as empty. */
    private static @Nullable String message(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0 || (first & 0x0f) == 8) {
            return null;
        }
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = new byte[4];
        if ((second & 0x80) != 0) {
            in.readFully(mask);
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return (first & 0x0f) == 1 ? new String(payload, StandardCharsets.UTF_8) : "";
    }

    /** Less than 126 bytes. */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 2];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    /** Ends the server; the programs belong to the control plane. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException closed) {
            // Nothing is left to close.
        }
        sockets.keySet().forEach(socket -> {
            try {
                socket.close();
            } catch (IOException gone) {
                // It is closed.
            }
        });
        threads.shutdownNow();
    }
}
