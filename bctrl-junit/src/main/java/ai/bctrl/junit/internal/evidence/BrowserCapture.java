package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.playwright.BrowserSession;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Captures what only a living browser can give, and ends the recordings. What a page's hanging could cost comes last. Runs on
 * the thread that uses the browser.
 */
final class BrowserCapture {
    private static final int MOST_PAGES = 10;
    private static final long LARGEST_DOWNLOAD = 50L * 1024 * 1024;
    private static final List<EvidenceKind> OF_PAGES =
            List.of(EvidenceKind.SCREENSHOT, EvidenceKind.DOM, EvidenceKind.ARIA, EvidenceKind.MHTML);

    private final Attempt attempt;
    private final BrowserSession session;
    private final Bundle bundle;
    private final Consumer<Evidence> captured;
    private @Nullable Path trace;
    private @Nullable Path network;
    private final CaptureTime time;
    private @Nullable String pageUrl;
    private @Nullable String whyItStopped;

    /** Captures within the limit; when that is over the connection to the browser is cut. */
    BrowserCapture(
            Attempt attempt, BrowserSession session, Bundle bundle, Consumer<Evidence> captured, Duration limit) {
        this.attempt = attempt;
        this.session = session;
        this.bundle = bundle;
        this.captured = captured;
        this.time = CaptureTime.from(limit);
    }

    void capture() {
        if (!attempt.usable() || !session.browser().isConnected()) {
            String reason =
                    attempt.usable() ? "the browser is gone" : "the test still uses the browser on its own thread";
            OF_PAGES.forEach(kind -> bundle.missing(kind, reason));
            bundle.missing(EvidenceKind.DOWNLOAD, reason);
            bundle.missing(EvidenceKind.NETWORK, reason);
            return;
        }
        try {
            session.within(time.limit(), "collecting evidence", () -> {
                endRecordings();
                learnCookies(attempt.redaction());
                pages();
                downloads();
                return time;
            });
        } catch (RuntimeException | VirtualMachineError stopped) {
            whyItStopped = reason(stopped);
        }
    }

    /** {@return the packed trace, or null if there is none} */
    @Nullable
    Path trace() {
        return trace;
    }

    /** {@return the network log, or null if there is none} */
    @Nullable
    Path network() {
        return network;
    }

    /** {@return the address of the test's page, or null if it has none} */
    @Nullable
    String pageUrl() {
        return pageUrl;
    }

    /** {@return why capturing ended before everything was captured, or null if it did not} */
    @Nullable
    String whyItStopped() {
        return whyItStopped;
    }

    private void learnCookies(Redaction secrets) {
        for (BrowserContext context : session.browser().contexts()) {
            try {
                for (Cookie cookie : context.cookies()) {
                    if (Boolean.TRUE.equals(cookie.httpOnly)) {
                        secrets.learn(cookie.value);
                    } else {
                        secrets.learnIfSecret(cookie.name, cookie.value);
                    }
                }
            } catch (PlaywrightException gone) {
                // Its cookies are gone with it.
            }
        }
    }

    private void endRecordings() {
        ContextRecording recording = attempt.recording();
        if (recording.isTraced()) {
            try {
                trace = recording.stopTrace();
            } catch (PlaywrightException failure) {
                bundle.missing(EvidenceKind.TRACE, reason(failure));
            }
        }
        if (recording.isNetworkRecorded()) {
            try {
                network = recording.stopNetwork();
            } catch (PlaywrightException failure) {
                bundle.missing(EvidenceKind.NETWORK, reason(failure));
            }
        }
    }

    private void pages() {
        List<Page> pages = openPages();
        if (pages.isEmpty()) {
            OF_PAGES.forEach(kind -> bundle.missing(kind, "no page was open"));
            return;
        }
        pageUrl = pages.get(0).url();
        for (int i = 0; i < pages.size() && i < MOST_PAGES; i++) {
            new PageCapture(pages.get(i), i + 1, attempt, bundle, captured, time).capture(attempt.redaction());
        }
        if (pages.size() > MOST_PAGES) {
            String reason = "only " + MOST_PAGES + " of " + pages.size() + " open pages were captured";
            OF_PAGES.forEach(kind -> bundle.missing(kind, reason));
        }
    }

    /** {@return all open pages, those of the session first: the test is most likely about them} */
    private List<Page> openPages() {
        List<Page> pages = new ArrayList<>();
        if (session.hasContext()) {
            pages.addAll(session.context().pages());
        }
        for (BrowserContext context : session.browser().contexts()) {
            context.pages().stream().filter(page -> !pages.contains(page)).forEach(pages::add);
        }
        pages.removeIf(Page::isClosed);
        return pages;
    }

    private void downloads() {
        List<Download> downloads = attempt.recording().downloads();
        if (downloads.isEmpty()) {
            bundle.missing(EvidenceKind.DOWNLOAD, "the test downloaded nothing");
        }
        for (int i = 0; i < downloads.size(); i++) {
            if (bundle.wants(EvidenceKind.DOWNLOAD)) {
                download(i + 1, downloads.get(i));
            }
        }
    }

    private void download(int number, Download download) {
        String name = "download-" + number + "-" + SafeName.of(download.suggestedFilename());
        try {
            Path file = download.path();
            long size = Files.size(file);
            if (size > LARGEST_DOWNLOAD) {
                bundle.missing(EvidenceKind.DOWNLOAD, name + " has " + size + " bytes, more than " + LARGEST_DOWNLOAD);
                return;
            }
            String type = Files.probeContentType(file.resolveSibling(name));
            captured.accept(Evidence.file(
                    EvidenceKind.DOWNLOAD,
                    name,
                    type == null ? "application/octet-stream" : type,
                    download.url(),
                    file));
        } catch (PlaywrightException | IOException failure) {
            bundle.missing(EvidenceKind.DOWNLOAD, name + ": " + reason(failure));
        }
    }

    private String reason(Throwable failure) {
        return attempt.redact().apply(time.reason(failure));
    }
}
