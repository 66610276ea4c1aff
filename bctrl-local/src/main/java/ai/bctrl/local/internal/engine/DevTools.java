package ai.bctrl.local.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two things the engine itself says to a browser's DevTools. */
final class DevTools {

    private static final Pattern PRODUCT = Pattern.compile("\"Browser\"\\s*:\\s*\"([^\"\\\\]*)\"");
    private static final int MAX_ANSWER = 64 * 1024;

    private DevTools() {}

    /**
     * Asks for product and version.
     *
     * @throws IOException if there is no such answer within the deadline
     */
    static String product(URI devTools, Duration deadline) throws IOException {
        // HttpURLConnection would keep the socket for five seconds, whatever it is told.
        try (Socket socket = connect(devTools, deadline)) {
            socket.getOutputStream()
                    .write(("GET /json/version HTTP/1.1\r\nHost: " + devTools.getRawAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[MAX_ANSWER];
            int length = 0;
            long end = System.nanoTime() + deadline.toNanos();
            for (int n = 0; n >= 0 && length < MAX_ANSWER && System.nanoTime() - end < 0; length += Math.max(0, n)) {
                n = socket.getInputStream().read(answer, length, MAX_ANSWER - length);
                Matcher matcher =
                        PRODUCT.matcher(new String(answer, 0, length + Math.max(0, n), StandardCharsets.UTF_8));
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
            throw new IOException("/json/version names no browser");
        }
    }

    private static Socket connect(URI devTools, Duration deadline) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setSoTimeout((int) deadline.toMillis());
            socket.connect(new InetSocketAddress(devTools.getHost(), devTools.getPort()), (int) deadline.toMillis());
            return socket;
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Asks the browser to end itself, which writes its cookies to the disk; a signal does not always.
     *
     * @throws IOException if the browser does not take the command within the deadline
     */
    static void close(URI devTools, Duration deadline) throws IOException {
        try (Socket socket = connect(devTools, deadline)) {
            OutputStream out = socket.getOutputStream();
            String key = Base64.getEncoder().encodeToString("bctrl-local 16 b".getBytes(StandardCharsets.US_ASCII));
            out.write(("GET " + devTools.getRawPath() + " HTTP/1.1\r\nHost: " + devTools.getRawAuthority()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: " + key + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            if (!header(in).startsWith("HTTP/1.1 101 ")) {
                throw new IOException("DevTools refused the WebSocket");
            }
            out.write(maskedText("{\"id\":1,\"method\":\"Browser.close\"}"));
            // The answer is of no interest; the end of the stream is the end of the browser.
            long end = System.nanoTime() + deadline.toNanos();
            byte[] buffer = new byte[4096];
            int n = in.read(buffer);
            while (n >= 0 && System.nanoTime() - end < 0) {
                n = in.read(buffer);
            }
        }
    }

    private static String header(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        while (header.size() < 8192) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            header.write(b);
            if (b == '\n' && header.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return header.toString(StandardCharsets.ISO_8859_1);
    }

    /** One text frame of less than 126 bytes; a mask of zeros leaves the bytes as they are. */
    private static byte[] maskedText(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }
}
