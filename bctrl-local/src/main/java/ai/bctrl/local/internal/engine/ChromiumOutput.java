package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Reads what a supervised browser writes: its process id and status, which the supervisor tells, its DevTools URL, and
 * the end of its chatter. One thread runs it; the other methods are thread-safe.
 */
final class ChromiumOutput implements Runnable {

    private static final String LISTENING = "DevTools listening on ";
    private static final int MAX_LINE = 2000;
    private static final int MAX_LINES = 30;

    private final InputStream stream;
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final CompletableFuture<URI> devTools = new CompletableFuture<>();
    private final IntConsumer onExit;
    private final Deque<String> tail = new ArrayDeque<>();

    /**
     * Makes a reader.
     *
     * @param onExit takes the browser's exit status, as soon as the supervisor tells it
     */
    ChromiumOutput(InputStream stream, IntConsumer onExit) {
        this.stream = stream;
        this.onExit = onExit;
    }

    /** The browser's process id, as soon as it is started. */
    CompletableFuture<Long> pid() {
        return pid;
    }

    /** The DevTools URL, as soon as the browser tells it. */
    CompletableFuture<URI> devTools() {
        return devTools;
    }

    /** The last lines the browser wrote. */
    String tail() {
        synchronized (tail) {
            return String.join("\n", tail);
        }
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        StringBuilder line = new StringBuilder();
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                for (int i = 0; i < text.length(); i++) {
                    char c = text.charAt(i);
                    if (c == '\n') {
                        line(line.toString().strip());
                        line.setLength(0);
                    } else if (line.length() < MAX_LINE) {
                        line.append(c);
                    }
                }
            }
        } catch (IOException e) {
            // The process is gone and its pipe with it.
        }
        line(line.toString().strip());
    }

    private void line(String raw) {
        if (raw.startsWith(Supervisor.PID)) {
            pid.complete(Long.parseLong(raw.substring(Supervisor.PID.length())));
        } else if (raw.startsWith(Supervisor.EXIT)) {
            onExit.accept(Integer.parseInt(raw.substring(Supervisor.EXIT.length())));
        } else if (!raw.isEmpty()) {
            // Bytes were taken one by one, as a read may end in the middle of a character.
            String text = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            synchronized (tail) {
                tail.addLast(text);
                if (tail.size() > MAX_LINES) {
                    tail.removeFirst();
                }
            }
            if (text.startsWith(LISTENING)) {
                listening(text.substring(LISTENING.length()).strip());
            }
        }
    }

    private void listening(String url) {
        try {
            devTools.complete(URI.create(url));
        } catch (IllegalArgumentException e) {
            devTools.completeExceptionally(e);
        }
    }
}
