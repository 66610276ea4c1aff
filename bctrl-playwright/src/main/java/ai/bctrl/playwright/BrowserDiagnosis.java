package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a browser cannot be used. The lease knows best and is asked first; what Playwright says comes second.
 * Thread-safe.
 */
final class BrowserDiagnosis {
    /** The socket closes a little before the control plane has written down why. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LONGEST_BODY = 500;
    private static final Pattern MESSAGE = Pattern.compile("message='(.*?)\\n\\s+name='", Pattern.DOTALL);
    private static final Pattern REFUSED =
            Pattern.compile("WebSocket error: \\S+ (\\d{3})\\b ?([^\\n]*)\\n?(.*)", Pattern.DOTALL);
    private static final Pattern REFUSED_HTTP =
            Pattern.compile("Unexpected status (\\d{3}) when connecting to \\S+\\s*(.*)", Pattern.DOTALL);
    private static final Pattern UNREACHABLE = Pattern.compile(
            "ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|socket hang up|Invalid URL"
                    + "|code=1006");

    private final RuntimeLease lease;
    private final CdpAddress address;

    BrowserDiagnosis(RuntimeLease lease, CdpAddress address) {
        this.lease = lease;
        this.address = address;
    }

    /** {@return why connecting failed} */
    BrowserConnectException ofConnecting(PlaywrightException failure, Duration limit) {
        BrowserConnectException told = ofEnding(ending(), sanitized(failure));
        if (told != null) {
            return told;
        }
        String message = sentence(failure);
        Throwable cause = sanitized(failure);
        if (failure instanceof TimeoutError) {
            return timeout("connecting to it", limit, cause);
        }
        Matcher refused = REFUSED.matcher(message);
        Matcher refusedHttp = REFUSED_HTTP.matcher(message);
        if (refused.find()) {
            return refused(Integer.parseInt(refused.group(1)), refused.group(2), refused.group(3), cause);
        } else if (refusedHttp.find()) {
            return refused(Integer.parseInt(refusedHttp.group(1)), "", refusedHttp.group(2), cause);
        } else if (UNREACHABLE.matcher(message).find()) {
            return new BrowserUnreachableException(
                    "Nobody answers at " + address.shown() + ": " + withoutPrefix(message) + " " + ids(), cause);
        }
        return new BrowserConnectException("Connecting to the browser failed: " + message + " " + ids(), cause);
    }

    /** {@return an exception that says what took too long} */
    BrowserTimeoutException timeout(String what, Duration limit, @Nullable Throwable cause) {
        return new BrowserTimeoutException(
                "The browser at " + address.shown() + " did not answer: " + what + " took longer than "
                        + limit.toMillis() + " ms " + ids(),
                cause);
    }

    /** {@return why a failure of something that used the browser is the browser's, or null if it is not} */
    @Nullable
    BrowserConnectException ofUsing(Throwable failure, boolean connected) {
        boolean gone = !connected || saysClosed(failure);
        RuntimeEnding ending = gone ? awaitEnding(connected) : ending();
        if (ending != null && (gone || ending.cause() == RuntimeEnding.Cause.CRASHED)) {
            return ofEnding(ending, failure);
        }
        return connected
                ? null
                : new BrowserUnreachableException("The connection to the browser was lost " + ids(), failure);
    }

    /** Fresh news may lag behind the socket; a page that the test closed itself is no reason to wait. */
    private @Nullable RuntimeEnding awaitEnding(boolean connected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        RuntimeEnding ending = ending();
        while (!connected
                && ending == null
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
            ending = ending();
        }
        return ending;
    }

    private @Nullable RuntimeEnding ending() {
        try {
            return lease.ending();
        } catch (BctrlException unknown) {
            return null;
        }
    }

    private @Nullable BrowserConnectException ofEnding(@Nullable RuntimeEnding ending, Throwable cause) {
        if (ending == null) {
            return null;
        }
        String reason = address.redact(ending.reason());
        return switch (ending.cause()) {
            case CRASHED ->
                new BrowserCrashedException(
                        "The browser died: " + reason.replaceFirst("^browser crashed: ", "") + " " + ids(), cause);
            case EXPIRED, REVOKED, STOPPED ->
                new BrowserExpiredException("The browser can no longer be used: " + reason + " " + ids(), cause);
            case LOST -> new BrowserLostException("The browser is lost: " + reason + " " + ids(), cause);
        };
    }

    private BrowserRefusedException refused(int status, String phrase, String body, Throwable cause) {
        String text = body.strip();
        String quoted = text.length() > LONGEST_BODY ? text.substring(0, LONGEST_BODY) + "…" : text;
        return new BrowserRefusedException(
                "The connection to the browser was refused with status " + (status + " " + phrase).strip()
                        + (quoted.isEmpty() ? "" : ": " + quoted) + " " + ids(),
                status,
                text,
                cause);
    }

    /** {@return the failure without the address's secrets, which must not get out by way of a cause either} */
    private PlaywrightException sanitized(PlaywrightException failure) {
        String message = address.redact(String.valueOf(failure.getMessage()));
        PlaywrightException copy =
                failure instanceof TimeoutError ? new TimeoutError(message) : new PlaywrightException(message);
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    private String sentence(PlaywrightException failure) {
        String whole = address.redact(String.valueOf(failure.getMessage()));
        Matcher message = MESSAGE.matcher(whole);
        return message.find() ? message.group(1) : whole;
    }

    private static String withoutPrefix(String message) {
        return message.replaceFirst("^WebSocket error: ", "");
    }

    private static boolean saysClosed(Throwable failure) {
        int depth = 0;
        for (Throwable link = failure; link != null && depth < 20; link = link.getCause(), depth++) {
            String message = String.valueOf(link.getMessage());
            if (link instanceof PlaywrightException
                    && (message.contains("has been closed")
                            || message.contains("connection closed")
                            || message.contains("pipe closed"))) {
                return true;
            }
        }
        return false;
    }

    private String ids() {
        String runId = lease.runId();
        return "(runtime " + lease.runtimeId() + (runId == null ? "" : ", run " + runId) + ")";
    }
}
