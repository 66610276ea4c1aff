package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
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
    private static final Pattern LAST_WORDS = Pattern.compile("has been closed\\s+Browser logs:\\s+(\\S[^\\n]*)");
    private static final Pattern UNREACHABLE = Pattern.compile(
            "ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|socket hang up|Invalid URL"
                    + "|code=1006");

    private final RuntimeLease lease;
    private final CdpAddress address;
    private final Supplier<@Nullable RelayEnding> relay;

    /**
     * Creates a diagnosis.
     *
     * @param relay how the relay before the browser saw its connection end; null if it did not, or there is none
     */
    BrowserDiagnosis(RuntimeLease lease, CdpAddress address, Supplier<@Nullable RelayEnding> relay) {
        this.lease = lease;
        this.address = address;
        this.relay = relay;
    }

    /** {@return why connecting failed} */
    BrowserConnectException ofConnecting(PlaywrightException failure, Duration limit) {
        RelayEnding seen = relay.get();
        BrowserConnectException certain = seen == null ? null : ofRelay(seen, sanitized(failure));
        if (certain != null) {
            return certain;
        }
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
        }
        CloseCode code = seen != null && seen.code() != null ? seen.code() : CloseCode.in(message);
        if (code != null) {
            return ofCode(code, cause);
        } else if (message.contains("has been closed")) {
            // Of the last frame, Playwright quotes the reason and not the code.
            Matcher reason = LAST_WORDS.matcher(message);
            return new BrowserUnreachableException(
                    "The connection to the browser was lost: "
                            + (reason.find() ? reason.group(1).strip() : CloseCode.NONE.sentence()) + " " + ids(),
                    cause);
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
        RelayEnding seen = connected ? null : relay.get();
        BrowserConnectException certain = seen == null ? null : ofRelay(seen, failure);
        if (certain != null) {
            return certain;
        }
        boolean gone = !connected || saysClosed(failure);
        RuntimeEnding ending = gone ? awaitEnding(connected) : ending();
        if (ending != null && (gone || ending.cause() == RuntimeEnding.Cause.CRASHED)) {
            return ofEnding(ending, failure);
        }
        return connected ? null : ofCode(seen == null ? quoted(failure) : seen.code(), failure);
    }

    /** What the relay knows for certain, without asking anybody; null if the lease may know better. */
    private @Nullable BrowserConnectException ofRelay(RelayEnding seen, Throwable cause) {
        String text = address.redact(seen.text());
        return switch (seen.kind()) {
            case UNREACHABLE ->
                new BrowserUnreachableException(
                        "The browser at " + address.shown() + " cannot be reached: " + text + " " + ids(), cause);
            case SILENT -> new BrowserUnreachableException("The browser is silent: " + text + " " + ids(), cause);
            case LOST -> new BrowserLostException("The browser is silent: " + text + " " + ids(), cause);
            case TOLD -> ofEnding(seen.told(), cause);
            case CLOSED -> null;
        };
    }

    private BrowserConnectException ofCode(@Nullable CloseCode code, Throwable cause) {
        if (code == null || code.code() == CloseCode.NONE.code()) {
            return new BrowserUnreachableException(
                    "The connection to the browser was lost: " + CloseCode.NONE.sentence() + " " + ids(), cause);
        }
        String message = address.redact(code.sentence()) + " " + ids();
        return switch (code.meaning()) {
            case CRASHED -> new BrowserCrashedException("The browser died: " + message, cause);
            case EXPIRED -> new BrowserExpiredException("The browser can no longer be used: " + message, cause);
            case LOST -> new BrowserLostException("The browser is lost: " + message, cause);
            case BROKEN -> new BrowserUnreachableException("The connection to the browser was lost: " + message, cause);
        };
    }

    /** What Playwright quotes of the last frame. */
    private static @Nullable CloseCode quoted(Throwable failure) {
        int depth = 0;
        CloseCode code = null;
        for (Throwable link = failure; link != null && code == null && depth < 20; link = link.getCause(), depth++) {
            code = link instanceof PlaywrightException ? CloseCode.in(String.valueOf(link.getMessage())) : null;
        }
        return code;
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
