package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.internal.redaction.Mhtml;
import ai.bctrl.junit.internal.redaction.Redaction;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Captures one page. A step that fails costs no other step. Runs on the thread that uses the browser. */
final class PageCapture {
    private static final Duration STEP_LIMIT = Duration.ofSeconds(3);
    private static final int LARGEST_DOM = 10_000_000;
    private static final int LARGEST_PAGE = 20_000_000;
    /** What Chromium can paint in one picture. */
    private static final int TALLEST_PICTURE = 16_384;

    private static final int MOST_FRAMES = 50;
    private static final String SECRET_FIELDS =
            "input[type=password], input[autocomplete*=password], input[autocomplete^=cc-], input[autocomplete=one-time-code]";
    private static final String DOM = "most => { const root = document.documentElement;"
            + " const html = root ? root.outerHTML : '';"
            + " return html.length > most ? html.length"
            + " : (document.doctype ? '<!DOCTYPE ' + document.doctype.name + '>\\n' : '') + html; }";
    private static final String LOADED_BYTES = "() => performance.getEntriesByType('resource')"
            + ".concat(performance.getEntriesByType('navigation'))"
            + ".reduce((sum, entry) => sum + (entry.decodedBodySize || 0), 0)";
    private static final String HEIGHT = "() => document.documentElement ? document.documentElement.scrollHeight : 0";

    private final Page page;
    private final int number;
    private final String url;
    private final @Nullable String secretSelector;
    private final Bundle bundle;
    private final UnaryOperator<String> redact;
    private final Consumer<Evidence> captured;
    private final List<Locator> masks = new ArrayList<>();

    PageCapture(Page page, int number, Attempt attempt, Bundle bundle, Consumer<Evidence> captured) {
        this.page = page;
        this.number = number;
        this.url = page.url();
        this.secretSelector = attempt.secretSelector();
        this.bundle = bundle;
        this.redact = attempt.redact();
        this.captured = captured;
    }

    void capture(Redaction secrets) {
        if (!answers()) {
            return;
        }
        step(EvidenceKind.SCREENSHOT, () -> learnSecrets(secrets));
        picture(EvidenceKind.SCREENSHOT, "page-" + number + ".png", false);
        step(EvidenceKind.DOM, () -> dom(secrets));
        step(EvidenceKind.ARIA, this::aria);
        step(EvidenceKind.SCREENSHOT, this::wholePicture);
        step(EvidenceKind.MHTML, () -> mhtml(secrets));
    }

    /** Most calls know no deadline of their own: a page that hangs must be found out by one that does. */
    private boolean answers() {
        try {
            page.waitForFunction("1", null, new Page.WaitForFunctionOptions().setTimeout(2000));
            return true;
        } catch (PlaywrightException failure) {
            String reason = failure instanceof TimeoutError
                    ? "the page does not answer: a script or a dialog keeps it busy, or a debugger has paused it"
                    : reason(failure);
            for (EvidenceKind kind :
                    List.of(EvidenceKind.SCREENSHOT, EvidenceKind.DOM, EvidenceKind.ARIA, EvidenceKind.MHTML)) {
                missing(kind, reason);
            }
            return false;
        }
    }

    private void step(EvidenceKind kind, Runnable step) {
        try {
            step.run();
        } catch (PlaywrightException failure) {
            missing(kind, reason(failure));
        }
    }

    private void picture(EvidenceKind kind, String name, boolean whole) {
        if (!bundle.wants(kind)) {
            return;
        }
        step(kind, () -> {
            byte[] png = page.screenshot(new Page.ScreenshotOptions()
                    .setTimeout((double) STEP_LIMIT.toMillis())
                    .setFullPage(whole)
                    .setMask(masks));
            captured.accept(Evidence.picture(name, url, png));
        });
    }

    private void wholePicture() {
        if (!bundle.wants(EvidenceKind.SCREENSHOT)) {
            return;
        }
        int height = ((Number) page.evaluate(HEIGHT)).intValue();
        if (height > TALLEST_PICTURE) {
            missing(
                    EvidenceKind.SCREENSHOT,
                    "the page is " + height + " pixels tall, and a picture can have " + TALLEST_PICTURE
                            + ": only its visible part was taken");
            return;
        }
        picture(EvidenceKind.SCREENSHOT, "page-" + number + ".full.png", true);
    }

    private List<Frame> frames() {
        List<Frame> frames = page.frames();
        return frames.size() > MOST_FRAMES ? frames.subList(0, MOST_FRAMES) : frames;
    }

    private void learnSecrets(Redaction secrets) {
        for (Frame frame : frames()) {
            try {
                masks.addAll(new FrameSecrets(frame, secrets).learn(SECRET_FIELDS, secretSelector));
            } catch (PlaywrightException detached) {
                // A frame that has gone holds nothing that could be captured.
            }
        }
    }

    private void dom(Redaction secrets) {
        if (!bundle.wants(EvidenceKind.DOM)) {
            return;
        }
        Object dom = page.evaluate(DOM, LARGEST_DOM);
        if (dom instanceof String html) {
            secrets.learnHtml(html);
            captured.accept(Evidence.text(
                    EvidenceKind.DOM, "page-" + number + ".html", "text/html", url, html, Redaction::html));
        } else {
            missing(EvidenceKind.DOM, "its DOM has " + dom + " characters, more than " + LARGEST_DOM);
        }
    }

    private void aria() {
        if (!bundle.wants(EvidenceKind.ARIA)) {
            return;
        }
        String aria = page.ariaSnapshot(new Page.AriaSnapshotOptions().setTimeout((double) STEP_LIMIT.toMillis()));
        if (aria.length() > LARGEST_DOM) {
            missing(EvidenceKind.ARIA, "it has " + aria.length() + " characters, more than " + LARGEST_DOM);
            return;
        }
        captured.accept(Evidence.text(
                EvidenceKind.ARIA, "page-" + number + ".aria.yaml", "application/yaml", url, aria, Redaction::text));
    }

    private void mhtml(Redaction secrets) {
        if (!bundle.wants(EvidenceKind.MHTML)) {
            return;
        }
        long loaded = ((Number) page.evaluate(LOADED_BYTES)).longValue();
        Object dom = page.evaluate(DOM, 0);
        long size = loaded + (dom instanceof Number length ? length.longValue() : 0);
        if (size > LARGEST_PAGE) {
            missing(
                    EvidenceKind.MHTML,
                    "the page and its resources have " + size + " bytes, more than " + LARGEST_PAGE);
            return;
        }
        CDPSession cdp = page.context().newCDPSession(page);
        JsonObject format = new JsonObject();
        format.addProperty("format", "mhtml");
        byte[] mhtml = cdp.send("Page.captureSnapshot", format)
                .get("data")
                .getAsString()
                .getBytes(StandardCharsets.UTF_8);
        Mhtml.learn(mhtml, secrets);
        captured.accept(new Evidence(
                EvidenceKind.MHTML,
                "page-" + number + ".mhtml",
                "multipart/related",
                Instant.now(),
                url,
                known -> Mhtml.redact(mhtml, known)));
        cdp.detach();
    }

    private void missing(EvidenceKind kind, String reason) {
        bundle.missing(kind, "page " + number + " (" + redact.apply(url) + "): " + reason);
    }

    private String reason(PlaywrightException failure) {
        return redact.apply(FailureText.firstLine(failure));
    }
}
