package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiKeys;
import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.local.internal.service.Backups;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code POST /backup}: a copy of the data directory, for who has the key that may do everything, or can read the data
 * directory. Thread-safe.
 */
public final class BackupSite implements Site {

    private final Backups backups;
    private final ApiKeys keys;
    private final byte[] token;
    private final Executor work;

    /**
     * Creates the site.
     *
     * @param token known to those who can read the data directory
     * @param work for what waits for the disk
     */
    public BackupSite(Backups backups, ApiKeys keys, String token, Executor work) {
        this.backups = backups;
        this.keys = keys;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.work = work;
    }

    @Override
    public boolean serves(List<String> segments) {
        return segments.equals(List.of("backup"));
    }

    @Override
    public void handle(Request request, Response response, Callback callback, List<String> segments, String authority) {
        Router.requireMethod(request.getMethod(), "POST");
        authenticate(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        try {
            work.execute(() -> send(response, callback));
        } catch (RejectedExecutionException full) {
            throw new ApiProblem(503, "server.busy", "Too many files are being sent; try again later.", Map.of());
        }
    }

    private void authenticate(@org.jspecify.annotations.Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new ApiProblem(401, "auth.required", "Send the API key as 'Authorization: Bearer <key>'.", Map.of());
        }
        String given = header.substring(7).strip();
        if (MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
            return;
        }
        ApiKeys.Grant grant = keys.check(given);
        if (grant == null) {
            throw new ApiProblem(401, "auth.invalid", "The API key is not one of this control plane.", Map.of());
        } else if (grant.readOnly()) {
            throw new ApiProblem(
                    403, "auth.forbidden", "This key may only read; use the key that may do everything.", Map.of());
        }
    }

    /** A copy that fails is cut off: the answer has begun, and who gets it sees that it is not whole. */
    private void send(Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/zip");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        try {
            OutputStream out = Content.Sink.asOutputStream(response);
            backups.write(out);
            out.close();
            callback.succeeded();
        } catch (IOException | RuntimeException failed) {
            System.getLogger(BackupSite.class.getName())
                    .log(System.Logger.Level.WARNING, "a backup was not completed", failed);
            callback.failed(failed);
        }
    }
}
