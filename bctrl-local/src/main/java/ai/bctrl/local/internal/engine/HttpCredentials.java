package ai.bctrl.local.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Adds {@code Proxy-Authorization} to each request of one connection to an HTTP proxy. */
final class HttpCredentials {

    private static final int MAX_HEADER = 256 * 1024;
    private static final int BUFFER = 16 * 1024;

    private final String field;

    HttpCredentials(String username, String password) {
        String pair = username + ":" + password;
        this.field = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Passes requests on until the browser has no more, or opens a tunnel.
     *
     * @throws IOException if a side breaks off or the browser does not speak HTTP
     */
    void forward(InputStream browser, OutputStream proxy) throws IOException {
        Input input = new Input(browser);
        for (String header = input.header(); !header.isEmpty(); header = input.header()) {
            List<String> lines = header.lines().toList();
            StringBuilder changed = new StringBuilder();
            long length = 0;
            boolean tunnel = lines.get(0).startsWith("CONNECT ");
            for (String line : lines) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("proxy-authorization:") || line.isEmpty()) {
                    continue;
                }
                if (lower.startsWith("content-length:")) {
                    length = length(line);
                }
                // Where a body's end cannot be told, no second request can be either.
                tunnel |= lower.startsWith("transfer-encoding:") || lower.startsWith("upgrade:");
                changed.append(line).append("\r\n");
            }
            changed.append(field).append("\r\n\r\n");
            proxy.write(changed.toString().getBytes(StandardCharsets.ISO_8859_1));
            input.copy(proxy, tunnel ? Long.MAX_VALUE : length);
        }
    }

    private static long length(String line) throws IOException {
        try {
            return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
        } catch (NumberFormatException e) {
            throw new IOException("the browser sent a malformed Content-Length", e);
        }
    }

    /** Reads headers without losing the bytes behind them. */
    private static final class Input {
        private final InputStream stream;
        private final byte[] buffer = new byte[BUFFER];
        private int position;
        private int limit;

        Input(InputStream stream) {
            this.stream = stream;
        }

        /** Reads to the empty line; the empty string where there is no further request. */
        String header() throws IOException {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            int matched = 0;
            while (matched < 4) {
                if (position == limit && !fill()) {
                    if (header.size() > 0) {
                        throw new IOException("the browser broke off in the middle of a request");
                    }
                    return "";
                }
                byte b = buffer[position++];
                header.write(b);
                char expected = matched % 2 == 0 ? '\r' : '\n';
                matched = b == expected ? matched + 1 : b == '\r' ? 1 : 0;
                if (header.size() > MAX_HEADER) {
                    throw new IOException("the browser's request header is larger than " + MAX_HEADER + " bytes");
                }
            }
            return header.toString(StandardCharsets.ISO_8859_1);
        }

        void copy(OutputStream out, long length) throws IOException {
            long left = length;
            while (left > 0 && (position < limit || fill())) {
                int n = (int) Math.min(left, limit - position);
                out.write(buffer, position, n);
                position += n;
                left -= n;
            }
        }

        private boolean fill() throws IOException {
            int n = stream.read(buffer);
            position = 0;
            limit = Math.max(0, n);
            return n > 0;
        }
    }
}
