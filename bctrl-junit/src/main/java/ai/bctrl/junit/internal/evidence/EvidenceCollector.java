package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.report.AttemptReport;
import ai.bctrl.playwright.BrowserSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the evidence of an attempt in a directory of its own. One deadline bounds what depends on others; a kind that fails or
 * is late costs no other kind. Everything is captured first, then looked through for secrets, and only then written. Not
 * thread-safe; one attempt each.
 */
public final class EvidenceCollector {
    /** What is left of the deadline for the service when the browser has used up its own. */
    private static final double SHARE_OF_BROWSER = 0.8;

    private Attempt attempt;
    private final long start = System.nanoTime();
    private final ConcurrentLinkedQueue<Evidence> captured = new ConcurrentLinkedQueue<>();

    private EvidenceCollector(Attempt attempt) {
        this.attempt = attempt;
    }

    /**
     * Collects; to be called on the thread that uses the browser.
     *
     * @return what was kept
     * @throws IOException if nothing can be written
     */
    public static Collected collect(Attempt attempt) throws IOException {
        return new EvidenceCollector(attempt).run();
    }

    private Collected run() throws IOException {
        Set<EvidenceKind> kinds = attempt.plan().kept(attempt.failure() != null);
        Bundle bundle = Bundle.create(attempt.runDirectory(), attempt.test(), kinds);
        Thread reading = startReading(bundle);
        BrowserCapture browser = capture(bundle);
        Failure failure = attempt.failure();
        if (failure != null && attempt.recording().sawPageCrash()) {
            // Playwright tells of a crash only with the next call, and that was ours.
            attempt = attempt.with(failure.withPageCrash());
        }
        RecordedEvidence recorded = new RecordedEvidence(attempt, bundle);
        recorded.read(browser == null ? null : tracesOf(browser), browser == null ? null : browser.network());
        await(reading);
        recorded.writeTexts();
        // Nobody adds to it any more: a reader that is late finds the queue gone.
        for (Evidence evidence = captured.poll(); evidence != null; evidence = captured.poll()) {
            write(bundle, evidence);
        }
        recorded.writeFiles();
        String unexplained = browser == null ? null : browser.whyItStopped();
        bundle.explainTheRest(
                unexplained == null
                        ? "it took longer than " + attempt.plan().limit().toSeconds() + " s"
                        : unexplained);
        Collected collected = new Collected(
                attempt,
                bundle,
                recorded.actions(),
                recorded.console(),
                recorded.exchanges(),
                browser == null ? null : told(browser.pageUrl()),
                Duration.ofNanos(System.nanoTime() - start));
        summarise(bundle, collected);
        return collected;
    }

    private @Nullable BrowserCapture capture(Bundle bundle) {
        BrowserSession session = attempt.session();
        if (session == null) {
            bundle.explainTheRest("there was no browser");
            return null;
        }
        Duration limit = Duration.ofMillis((long) (attempt.plan().limit().toMillis() * SHARE_OF_BROWSER));
        BrowserCapture browser = new BrowserCapture(attempt, session, bundle, captured::add, limit);
        browser.capture();
        return browser;
    }

    /** {@return the packed trace; what there is of it if the browser was gone before it could be stopped} */
    private @Nullable Path tracesOf(BrowserCapture browser) {
        RawTrace raw = browser.trace() == null ? attempt.recording().unfinishedTrace() : null;
        if (raw == null) {
            return browser.trace();
        }
        try {
            Path zip = raw.events().resolveSibling("salvaged.zip");
            raw.pack(zip);
            return zip;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private @Nullable String told(@Nullable String url) {
        // As a URL first: only so is it known where a parameter ends.
        return url == null
                ? null
                : FailureText.shortened(
                        attempt.redact().apply(attempt.redaction().url(url)));
    }

    private void write(Bundle bundle, Evidence evidence) {
        try {
            Redaction secrets = attempt.redaction();
            byte[] content = evidence.content().without(secrets);
            if (content == null) {
                bundle.missing(evidence.kind(), evidence.name() + " holds a secret that cannot be taken out of it");
                return;
            }
            bundle.write(
                    evidence.kind().label(),
                    evidence.name(),
                    evidence.mediaType(),
                    evidence.takenAt(),
                    told(evidence.note()),
                    content);
        } catch (IOException | RuntimeException | VirtualMachineError failure) {
            bundle.missing(evidence.kind(), evidence.name() + ": " + reason(failure));
        }
    }

    /** The reserve makes room for these also on a full disk; the page is the largest and comes last. */
    private void summarise(Bundle bundle, Collected collected) throws IOException {
        bundle.releaseReserve();
        Failure failure = attempt.failure();
        if (failure != null) {
            summary(
                    bundle,
                    "failure",
                    "failure.txt",
                    "text/plain",
                    () -> attempt.redact().apply(FailureText.bounded(FailureText.stackTrace(failure.thrown()))));
            summary(
                    bundle,
                    "summary",
                    "failure.md",
                    "text/markdown",
                    () -> new FailureMarkdown(collected, failure).render());
        }
        Manifest manifest = new Manifest(collected);
        try {
            bundle.replace(manifest.name(), manifest.render());
            AttemptReport.write(bundle.directory());
            bundle.count("page", "index.html", "text/html");
        } catch (IOException | RuntimeException | VirtualMachineError noPage) {
            bundle.missing("page", reason(noPage));
        }
        bundle.releaseManifestReserve();
        bundle.replace(manifest.name(), manifest.render());
        bundle.count("manifest", manifest.name(), "application/json");
    }

    private void summary(Bundle bundle, String kind, String name, String mediaType, Supplier<String> text) {
        try {
            bundle.writeText(kind, name, mediaType, text.get());
        } catch (IOException | RuntimeException | VirtualMachineError failure) {
            bundle.missing(kind, reason(failure));
        }
    }

    private String reason(Throwable failure) {
        return attempt.redact().apply(FailureText.firstLine(failure));
    }

    private @Nullable Thread startReading(Bundle bundle) {
        BctrlClient client = attempt.client();
        BrowserSession session = attempt.session();
        String runId = attempt.runId();
        if (client == null || runId == null || session == null) {
            List.of(EvidenceKind.EVENTS, EvidenceKind.COMMANDS, EvidenceKind.ARTIFACT, EvidenceKind.RECORDING)
                    .forEach(kind -> bundle.missing(kind, "nobody keeps a record of the run"));
            return null;
        }
        ApiEvidence api = new ApiEvidence(
                client,
                runId,
                attempt.redact(),
                session.artifactsDirectory(),
                bundle,
                captured::add,
                attempt.plan().limit());
        Thread thread = new Thread(api::collect, "bctrl-evidence");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void await(@Nullable Thread reading) {
        if (reading == null) {
            return;
        }
        Duration left = attempt.plan().limit().minusNanos(System.nanoTime() - start);
        try {
            TimeUnit.NANOSECONDS.timedJoin(reading, Math.max(1, left.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reading.isAlive()) {
            reading.interrupt();
        }
    }
}
