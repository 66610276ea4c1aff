package ai.bctrl.junit.internal.evidence;

import ai.bctrl.playwright.BrowserSession;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Takes screenshots and the trace; runs on the thread of the test. */
final class BrowserEvidence {
    private static final Duration SCREENSHOT_LIMIT = Duration.ofSeconds(3);
    private static final int MOST_PAGES = 10;

    private final BrowserSession session;
    private final boolean traced;
    private final UnaryOperator<String> redaction;
    private final Bundle bundle;

    BrowserEvidence(FailedAttempt attempt, Bundle bundle) {
        this.session = attempt.session();
        this.traced = attempt.traced();
        this.redaction = attempt.redaction();
        this.bundle = bundle;
    }

    /** Collects within the limit; when that is over the connection to the browser is cut. */
    void collect(Duration limit) {
        if (!session.browser().isConnected()) {
            bundle.missing(Kind.SCREENSHOT, "the browser is gone");
            bundle.missing(Kind.TRACE, "the browser is gone");
            return;
        }
        try {
            session.within(limit, "collecting evidence", () -> {
                screenshots();
                trace();
                return limit;
            });
        } catch (RuntimeException failure) {
            bundle.missing(Kind.TRACE, reason(failure));
        }
    }

    private void screenshots() {
        List<Page> pages = pages();
        if (pages.isEmpty()) {
            bundle.missing(Kind.SCREENSHOT, "no page was open");
        }
        for (int i = 0; i < pages.size(); i++) {
            if (i >= MOST_PAGES) {
                bundle.missing(Kind.SCREENSHOT, "only " + MOST_PAGES + " of " + pages.size() + " pages were taken");
                return;
            }
            screenshot(pages.get(i), "page-" + (i + 1) + ".png");
        }
    }

    private void screenshot(Page page, String name) {
        String url = redaction.apply(page.url());
        try {
            byte[] image =
                    page.screenshot(new Page.ScreenshotOptions().setTimeout((double) SCREENSHOT_LIMIT.toMillis()));
            Files.write(bundle.draft(name), image);
            bundle.finish(Kind.SCREENSHOT, name, Kind.SCREENSHOT.mediaType(), url);
        } catch (PlaywrightException | IOException failure) {
            bundle.missing(Kind.SCREENSHOT, name + " of " + url + ": " + reason(failure));
        }
    }

    /** {@return all open pages, those of the session first: the test is most likely about them} */
    private List<Page> pages() {
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

    private void trace() {
        if (!traced) {
            bundle.missing(Kind.TRACE, "tracing is off, or no context was opened");
            return;
        }
        String name = "trace.zip";
        Path draft = bundle.draft(name);
        try {
            session.context().tracing().stop(new Tracing.StopOptions().setPath(draft));
            bundle.finish(Kind.TRACE, name, Kind.TRACE.mediaType(), null);
        } catch (PlaywrightException | IOException failure) {
            bundle.missing(Kind.TRACE, reason(failure));
        }
    }

    private String reason(Exception failure) {
        return redaction.apply(FailureText.firstLine(failure));
    }
}
