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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int LONGEST_REASON_URL = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE_WITH_FRAME = Duration.ofMillis(500);
    private static final String SECRET_FIELDS =
            "input[type=password], input[autocomplete*=password], input[autocomplete^=cc-], input[autocomplete=one-time-code]";
    private static final String DOM = "most => { const root = document.documentElement;"
            + " const html = root ? root.outerHTML : '';"
            + " return html.length > most ? html.length"
            + " : (document.doctype ? '<!DOCTYPE ' + document.doctype.name + '>\\n' : '') + html; }";
    /** What can be large in a page, but for what its frames hold. */
    private static final String LENGTH = "() => { const root = document.documentElement;"
            + " const hidden = tree => { let sum = 0; for (const element of tree.querySelectorAll('*')) {"
            + " if (element.shadowRoot) sum += element.shadowRoot.innerHTML.length + hidden(element.shadowRoot);"
            + " if (element.localName === 'textarea' || element.localName === 'input') sum += element.value.length; }"
            + " return sum; };"
            + " return root ? root.outerHTML.length + hidden(document) : 0; }";

    /** Without what scripts have fetched, which no copy of the page holds. */
    private static final String LOADED_BYTES = "() => performance.getEntriesByType('resource')"
            + ".filter(entry => !['fetch', 'xmlhttprequest', 'beacon'].includes(entry.initiatorType))"
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
    private final CaptureTime time;
    private List<Frame> frames = List.of();
    private boolean hasHangingFrame;

    PageCapture(Page page, int number, Attempt attempt, Bundle bundle, Consumer<Evidence> captured, CaptureTime time) {
        this.page = page;
        this.number = number;
        this.url = page.url();
        this.secretSelector = attempt.secretSelector();
        this.bundle = bundle;
        this.redact = attempt.redact();
        this.captured = captured;
        this.time = time;
    }

    /** One thing to do with the page, for the sake of one kind of evidence. */
    private record Step(EvidenceKind kind, Runnable work) {}

    void capture(Redaction secrets) {
        List<Step> steps = List.of(
                new Step(EvidenceKind.SCREENSHOT, () -> picture("page-" + number + ".png", false)),
                new Step(EvidenceKind.DOM, () -> learnSecrets(secrets)),
                new Step(EvidenceKind.DOM, () -> dom(secrets)),
                new Step(EvidenceKind.ARIA, this::aria),
                new Step(EvidenceKind.SCREENSHOT, this::wholePicture),
                new Step(EvidenceKind.MHTML, () -> mhtml(secrets)));
        if (!answers(steps)) {
            return;
        }
        frames = answeringFrames();
        for (int i = 0; i < steps.size(); i++) {
            // A step that failed, or took long, may have found the page hanging; the next one would hang with it.
            if (!isQuick(steps.get(i)) && !answers(steps.subList(i + 1, steps.size()))) {
                return;
            }
        }
    }

    /** Most calls know no deadline of their own: a page that hangs must be found out by one that does. */
    private boolean answers(List<Step> rest) {
        try {
            ask(page.mainFrame(), PATIENCE);
            return true;
        } catch (PlaywrightException failure) {
            String reason = failure instanceof TimeoutError && !time.isOver()
                    ? "the page does not answer: a script or a dialog keeps it busy, or a debugger has paused it"
                    : reason(failure);
            rest.forEach(step -> missing(step.kind(), reason));
            return false;
        }
    }

    private static void ask(Frame frame, Duration patience) {
        frame.waitForFunction("1", null, new Frame.WaitForFunctionOptions().setTimeout((double) patience.toMillis()))
                .dispose();
    }

    /** {@return the frames, without those that hang: a frame of another site has a process of its own} */
    private List<Frame> answeringFrames() {
        List<Frame> answering = new ArrayList<>();
        Map<String, Boolean> answers = new HashMap<>(Map.of(site(page.mainFrame()), true));
        for (Frame frame : page.frames()) {
            if (answering.size() < MOST_FRAMES && answers.computeIfAbsent(site(frame), unused -> answers(frame))) {
                answering.add(frame);
            }
        }
        return answering;
    }

    /** {@return what frames have in common that share a process; those without an address are their parent's} */
    private static String site(Frame frame) {
        Frame own = frame;
        while (own.parentFrame() != null && !own.url().contains("://")) {
            own = own.parentFrame();
        }
        return own.url().replaceFirst("^([^:]*://[^/]*).*", "$1");
    }

    private boolean answers(Frame frame) {
        try {
            ask(frame, PATIENCE_WITH_FRAME);
            return true;
        } catch (TimeoutError hangs) {
            hasHangingFrame = true;
            missing(EvidenceKind.DOM, "the frame " + shortUrl(frame.url()) + " does not answer");
            return false;
        } catch (PlaywrightException detached) {
            // A frame that has gone holds nothing that could be captured.
            return false;
        }
    }

    private boolean isQuick(Step step) {
        long start = System.nanoTime();
        try {
            step.work().run();
            return System.nanoTime() - start < PATIENCE.toNanos();
        } catch (RuntimeException | VirtualMachineError failure) {
            missing(step.kind(), reason(failure));
            return false;
        }
    }

    private void picture(String name, boolean whole) {
        if (bundle.wants(EvidenceKind.SCREENSHOT)) {
            byte[] png = page.screenshot(new Page.ScreenshotOptions()
                    .setTimeout((double) STEP_LIMIT.toMillis())
                    .setFullPage(whole)
                    .setMask(masks()));
            captured.accept(Evidence.picture(name, url, png));
        }
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
        picture("page-" + number + ".full.png", true);
    }

    private List<Locator> masks() {
        String selector = secretSelector == null ? SECRET_FIELDS : SECRET_FIELDS + ", " + secretSelector;
        List<Locator> masks = new ArrayList<>();
        for (Frame frame : frames) {
            masks.add(frame.locator("css=" + selector));
        }
        return masks;
    }

    private void learnSecrets(Redaction secrets) {
        for (Frame frame : frames) {
            try {
                new FrameSecrets(frame, SECRET_FIELDS, secretSelector).learn(secrets);
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
        long length = lengthOf(page.mainFrame());
        if (length > LARGEST_DOM) {
            missing(EvidenceKind.ARIA, "the page has " + length + " characters, more than " + LARGEST_DOM);
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
        if (hasHangingFrame) {
            missing(EvidenceKind.MHTML, "one of its frames does not answer");
            return;
        }
        long loaded = ((Number) page.evaluate(LOADED_BYTES)).longValue();
        long size = loaded + frames.stream().mapToLong(PageCapture::lengthOf).sum();
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

    private static long lengthOf(Frame frame) {
        return ((Number) frame.evaluate(LENGTH)).longValue();
    }

    private void missing(EvidenceKind kind, String reason) {
        bundle.missing(kind, "page " + number + " (" + shortUrl(url) + "): " + reason);
    }

    private String shortUrl(String address) {
        String safe = redact.apply(address);
        return safe.length() > LONGEST_REASON_URL ? safe.substring(0, LONGEST_REASON_URL) + "…" : safe;
    }

    private String reason(Throwable failure) {
        return redact.apply(time.reason(failure));
    }
}
