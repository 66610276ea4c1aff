package ai.bctrl.junit.internal.evidence;

import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.BctrlConfigurationException;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlDecodingException;
import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.QuotaException;
import ai.bctrl.error.RateLimitException;
import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.playwright.BrowserConnectException;
import ai.bctrl.playwright.BrowserCrashedException;
import ai.bctrl.playwright.BrowserLostException;
import ai.bctrl.playwright.BrowserRefusedException;
import com.microsoft.playwright.TimeoutError;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is at fault. What the control plane and the browser said, which our own exceptions carry, comes first; then
 * where it failed; then how. Texts of messages count for nothing. Stateless.
 */
public final class FailureOrigins {
    private static final int DEEPEST = 20;

    private FailureOrigins() {}

    /**
     * {@return the origin}
     *
     * @param failure what was thrown, already explained by the browser's session if there is one
     * @param place where
     */
    public static FailureOrigin of(Throwable failure, Place place) {
        FailureOrigin infrastructure = ofInfrastructure(failure);
        if (infrastructure != null) {
            return infrastructure;
        }
        return switch (place) {
            case CONSTRUCTOR, BEFORE_ALL, BEFORE_EACH -> FailureOrigin.SET_UP;
            case AFTER_EACH, AFTER_ALL -> FailureOrigin.TEAR_DOWN;
            case BODY, EXTENSION -> ofBody(failure);
        };
    }

    private static @Nullable FailureOrigin ofInfrastructure(Throwable failure) {
        int depth = 0;
        for (Throwable link = failure; link != null && depth < DEEPEST; link = link.getCause(), depth++) {
            if (link instanceof BrowserCrashedException) {
                return FailureOrigin.BROWSER_CRASH;
            } else if (link instanceof BrowserRefusedException refused) {
                return refused.status() == 429 || refused.status() == 503
                        ? FailureOrigin.QUOTA_OR_CAPACITY
                        : FailureOrigin.CONNECTION_LOST;
            } else if (link instanceof BrowserLostException) {
                return FailureOrigin.CONTROL_PLANE;
            } else if (link instanceof BrowserConnectException) {
                return FailureOrigin.CONNECTION_LOST;
            } else if (link instanceof RateLimitException || link instanceof QuotaException) {
                return FailureOrigin.QUOTA_OR_CAPACITY;
            } else if (link instanceof BctrlConfigurationException) {
                return null;
            } else if (link instanceof BctrlApiException api && api.code().equals("server.busy")) {
                return FailureOrigin.QUOTA_OR_CAPACITY;
            } else if (link instanceof BctrlApiException api && api.code().equals("runtime.not_active")) {
                // The browser ended before anybody could connect to it.
                return FailureOrigin.CONNECTION_LOST;
            } else if (link instanceof BctrlApiException api && api.status() < 500) {
                // A wrong request: of the test's own, or of a wrong setting.
                return null;
            } else if (link instanceof BctrlApiException
                    || link instanceof BctrlDecodingException
                    || link instanceof BctrlConnectionException
                    || link instanceof BctrlTimeoutException
                    || link.getClass() == BctrlException.class) {
                return FailureOrigin.CONTROL_PLANE;
            }
        }
        return null;
    }

    private static FailureOrigin ofBody(Throwable failure) {
        if (failure instanceof AssertionError) {
            return FailureOrigin.APPLICATION_ASSERTION;
        }
        return failure instanceof TimeoutError || failure instanceof TimeoutException
                ? FailureOrigin.APPLICATION_TIMEOUT
                : FailureOrigin.TEST_ERROR;
    }
}
