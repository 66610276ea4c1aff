package ai.bctrl.playwright;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pages of which each does one thing that a record has to tell. Thread-safe. */
final class ObservedSite implements AutoCloseable {
    private static final String HTML = "text/html";
    private static final String SCRIPT = "text/javascript";
    private static final String HEAD = "<!doctype html><link rel=icon href='data:,'>";

    private record Answer(int status, String type, String body, String header) {
        static Answer of(String type, String body) {
            return new Answer(200, type, body, "");
        }

        static Answer redirect(String to) {
            return new Answer(302, "text/plain", "", "Location: " + to + "\r\n");
        }
    }

    private final Map<String, Answer> answers = Map.ofEntries(
            Map.entry("/main", Answer.of(HTML, HEAD + "<input id=field><button>press</button>")),
            Map.entry("/popup", Answer.of(HTML, HEAD + "<p>popup")),
            Map.entry("/frame", Answer.of(HTML, HEAD + "<script>console.log('in a frame')</script>")),
            Map.entry("/frames", Answer.of(HTML, HEAD + "<iframe src=/frame></iframe>")),
            Map.entry("/sw/page", Answer.of(HTML, HEAD)),
            Map.entry(
                    "/sw/worker.js",
                    Answer.of(
                            SCRIPT,
                            "self.addEventListener('install',()=>self.skipWaiting());"
                                    + "self.addEventListener('activate',e=>e.waitUntil(clients.claim()));"
                                    + "self.addEventListener('fetch',e=>{if(e.request.url.endsWith('/sw/asked'))"
                                    + "e.respondWith(fetch('/ok'))})")),
            Map.entry("/worker.js", Answer.of(SCRIPT, "console.warn('in a worker');postMessage(1)")),
            Map.entry("/shared.js", Answer.of(SCRIPT, "onconnect=e=>{e.ports[0].postMessage(1);setTimeout(close,50)}")),
            Map.entry("/ok", Answer.of("text/plain", "ok")),
            Map.entry("/image.svg", Answer.of("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>")),
            Map.entry("/moved", Answer.redirect("/moved-again")),
            Map.entry("/moved-again", Answer.redirect("/ok")),
            Map.entry("/moved-page", Answer.redirect("/main")),
            Map.entry(
                    "/file",
                    new Answer(200, "text/csv", "a,b\n1,2\n", "Content-Disposition: attachment; filename=a.csv\r\n")));

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    ObservedSite() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "observed-site");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The end of this site.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String path = line(socket).replaceAll("^\\S+ ([^ ?]+).*$", "$1");
            String key = "";
            for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
                if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            switch (path) {
                case "/dropped" -> socket.setSoLinger(true, 0);
                case "/slow" -> socket.getInputStream().read();
                case "/socket" -> echo(socket, key);
                default -> answer(socket.getOutputStream(), answers.get(path));
            }
        } catch (IOException | GeneralSecurityException gone) {
            // The browser left.
        } finally {
            sockets.remove(socket);
        }
    }

    private static void answer(OutputStream out, @Nullable Answer known) throws IOException {
        Answer answer = known == null ? new Answer(404, "text/plain", "no", "") : known;
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + answer.status + " Status\r\nContent-Type: " + answer.type + "\r\n" + answer.header
                        + "Cache-Control: no-store\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** Answers each short message with another, until the close frame. */
    private static void echo(Socket socket, String key) throws IOException, GeneralSecurityException {
        byte[] accept = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accept) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int opcode = in.readUnsignedByte() & 15;
            in.skipNBytes((in.readUnsignedByte() & 127) + 4L);
            if (opcode == 8) {
                out.write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
                out.flush();
                return;
            }
            out.write(new byte[] {(byte) 0x81, 2, 'h', 'i'});
            out.flush();
        }
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
