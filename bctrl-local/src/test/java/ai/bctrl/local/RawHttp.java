package ai.bctrl.local;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes that no HTTP client would send, and reads the first answer. */
final class RawHttp {
    private static final int DEADLINE_MILLIS = 15_000;

    private RawHttp() {}

    static Reply send(int port, byte[]... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            for (byte[] part : parts) {
                try {
                    socket.getOutputStream().write(part);
                    socket.getOutputStream().flush();
                } catch (IOException refusedEarly) {
                    // The answer may be there already.
                    break;
                }
            }
            return read(socket.getInputStream());
        }
    }

    static Reply read(InputStream in) throws IOException {
        String status = line(in);
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        String length = headers.getOrDefault("content-length", List.of("0")).get(0);
        String body = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        return new Reply(
                Integer.parseInt(status.split(" ", 3)[1]), HttpHeaders.of(headers, (name, value) -> true), body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed without an answer; so far: "
                        + line.toString(StandardCharsets.UTF_8));
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
