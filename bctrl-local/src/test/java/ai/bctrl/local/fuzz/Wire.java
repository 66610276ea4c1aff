package ai.bctrl.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection on which anything can be sent. Not thread-safe. */
public final class Wire implements Closeable {
    private static final int MOST_BODY = 64 << 20;

    /**
     * An answer. Immutable.
     *
     * @param head the status line and the headers
     * @param ended whether all of the body came
     */
    public record Answer(int status, List<String> head, String body, boolean ended) {

        /** {@return the first header of this name, or null} */
        public @Nullable String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    private final Socket socket;
    private final InputStream in;

    /** Connects to a port of this machine. */
    public Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends bytes; that the other side takes no more of them is no error, as its answer may be there. */
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException refused) {
            // Reading tells.
        }
    }

    /** Says that nothing more will come. */
    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException over) {
            // So it does.
        }
    }

    /** Ends the connection without a word. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Reads an answer.
     *
     * @return null if the other side says nothing within the time
     * @throws EOFException if the connection ended before an answer
     */
    public @Nullable Answer read(boolean headOnly, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            List<String> head = head();
            while (head.get(0).startsWith("HTTP/1.1 100")) {
                head = head();
            }
            return body(head, headOnly);
        } catch (SocketTimeoutException silent) {
            return null;
        }
    }

    private Answer body(List<String> head, boolean headOnly) throws IOException {
        if (!head.get(0).matches("HTTP/1\\.1 [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("no status line: " + head.get(0));
        }
        int status = Integer.parseInt(head.get(0).substring(9, 12));
        Answer answer = new Answer(status, head, "", true);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean ended = true;
        String length = answer.header("content-length");
        if (headOnly || status == 101 || status == 204 || status == 304) {
            return answer;
        }
        try {
            if ("chunked".equals(answer.header("transfer-encoding"))) {
                for (int size = chunk(); size > 0; size = chunk()) {
                    body.writeBytes(in.readNBytes(size));
                    line();
                }
                line();
            } else if (length != null) {
                body.writeBytes(in.readNBytes(Math.min(Integer.parseInt(length), MOST_BODY)));
                ended = body.size() == Integer.parseInt(length);
            } else {
                body.writeBytes(in.readAllBytes());
            }
        } catch (SocketTimeoutException | EOFException more) {
            ended = false;
        }
        return new Answer(status, head, body.toString(UTF_8), ended);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private List<String> head() throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        if (head.isEmpty()) {
            throw new IOException("an empty line instead of an answer");
        }
        return head;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().getBytes(ISO_8859_1).length == 0
                ? ""
                : line.toString().strip();
    }

    /** Waits until the other side has ended the connection; reads what comes before. */
    public boolean ends(int millis) throws IOException {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        byte[] rest = new byte[4096];
        try {
            while (true) {
                int left = (int) ((deadline - System.nanoTime()) / 1_000_000L);
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout(left);
                if (in.read(rest) < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
