package ai.bctrl.internal.http;

import java.io.IOException;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One connection that carries server-sent events. One thread reads and closes; any may cancel. */
final class EventConnection implements AutoCloseable {
    private static final long MAX_LINE = 1 << 20;

    private final okhttp3.Call call;
    private final Response response;
    private final BufferedSource source;

    EventConnection(okhttp3.Call call, Response response) {
        this.call = call;
        this.response = response;
        this.source = response.body().source();
    }

    /** Reads the next complete event; null where the stream ends. One that is cut off is none. */
    EventSource.@Nullable Frame next() throws IOException {
        String name = "message";
        String id = null;
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = line();
            if (line == null) {
                return null;
            } else if (line.isEmpty()) {
                if (data.length() > 0) {
                    return new EventSource.Frame(name, id, data.substring(0, data.length() - 1));
                }
                name = "message";
                id = null;
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data.append(value).append('\n');
                default -> {
                    // A comment, or what a newer service adds.
                }
            }
        }
    }

    private @Nullable String line() throws IOException {
        long end = source.indexOf((byte) '\n', 0, MAX_LINE);
        if (end < 0) {
            if (source.request(MAX_LINE)) {
                throw new IOException("an event has a line of more than " + MAX_LINE + " bytes");
            }
            return null;
        }
        String line = source.readUtf8(end);
        source.skip(1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Ends the connection from another thread than the one that reads. */
    void cancel() {
        call.cancel();
    }

    @Override
    public void close() {
        response.close();
    }
}
