package ai.bctrl.benchmarks.plane;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CDP connection with one page, for measuring: a thin client that costs the same wherever it leads. Use from one thread. */
public final class CdpConnection implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final int KEPT = 4096;
    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
    private static final Pattern TARGET = Pattern.compile("\"targetId\":\"([^\"]+)\"");

    /** What has come whole: its first characters and its length. */
    private record Message(String begin, long length) {}

    private final BlockingQueue<Message> answers;
    private final WebSocket socket;
    private final String session;
    private int id;

    private CdpConnection(WebSocket socket, Listener listener) throws IOException, InterruptedException {
        this.socket = socket;
        this.answers = listener.answers;
        String target = find(TARGET, call("Target.createTarget", "{\"url\":\"about:blank\"}", null));
        this.session = find(
                SESSION, call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}", null));
    }

    /**
     * Connects, and opens a page.
     *
     * @param url a WebSocket address
     */
    public static CdpConnection open(HttpClient http, String url) throws IOException, InterruptedException {
        Listener listener = new Listener();
        WebSocket socket;
        try {
            socket = http.newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(20))
                    .buildAsync(URI.create(url), listener)
                    .join();
        } catch (CompletionException failed) {
            throw new IOException("cannot connect: " + failed.getCause(), failed);
        }
        try {
            return new CdpConnection(socket, listener);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            socket.abort();
            throw failed;
        }
    }

    /** Sends a command to the page and waits for the answer, of which it gives the length. */
    public long call(String method, String parameters) throws IOException, InterruptedException {
        send(method, parameters, session);
        return await().length();
    }

    /**
     * Sends a command many times, with so many on their way at once.
     *
     * @param window how many at most
     */
    public void pipeline(String method, String parameters, int times, int window)
            throws IOException, InterruptedException {
        int sent = 0;
        for (int answered = 0; answered < times; answered++) {
            while (sent < times && sent - answered < window) {
                send(method, parameters, session);
                sent++;
            }
            Message unused = await();
        }
    }

    private String call(String method, String parameters, @Nullable String inSession)
            throws IOException, InterruptedException {
        send(method, parameters, inSession);
        return await().begin();
    }

    private void send(String method, String parameters, @Nullable String inSession) throws IOException {
        String message = "{\"id\":" + ++id + ",\"method\":\"" + method + "\",\"params\":" + parameters
                + (inSession == null ? "}" : ",\"sessionId\":\"" + inSession + "\"}");
        try {
            socket.sendText(message, true).join();
        } catch (CompletionException failed) {
            throw new IOException("cannot send " + method + ": " + failed.getCause(), failed);
        }
    }

    private Message await() throws IOException, InterruptedException {
        Message answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IOException("no answer within " + LIMIT_SECONDS + " s");
        }
        if (answer.begin().contains("\"error\":")) {
            throw new IOException(answer.begin());
        }
        return answer;
    }

    private static String find(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("unexpected answer: " + text);
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Keeps the first characters of each answer; events are dropped. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
        private final StringBuilder begin = new StringBuilder();
        private long length;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            length += data.length();
            if (begin.length() < KEPT) {
                begin.append(data, 0, Math.min(data.length(), KEPT - begin.length()));
            }
            if (last) {
                if (begin.indexOf("{\"id\":") == 0) {
                    answers.add(new Message(begin.toString(), length));
                }
                begin.setLength(0);
                length = 0;
            }
            from.request(1);
            return null;
        }
    }
}
