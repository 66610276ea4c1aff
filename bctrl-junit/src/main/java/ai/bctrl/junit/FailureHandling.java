package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.junit.internal.evidence.Bundle;
import ai.bctrl.junit.internal.evidence.EvidenceCollector;
import ai.bctrl.junit.internal.evidence.FailedAttempt;
import ai.bctrl.playwright.BrowserConnectException;
import ai.bctrl.playwright.BrowserSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** What happens when a test fails. Nothing here ever hides the failure itself. Stateless. */
final class FailureHandling {
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");

    private FailureHandling() {}

    /** {@return the failure, or one that names the browser's death as its reason} */
    static Throwable explained(ExtensionContext context, Throwable failure) {
        BrowserSession session = sessionOf(context);
        if (session == null || failure instanceof TestAbortedException) {
            return failure;
        }
        BrowserConnectException told = session.explain(failure);
        return told == null ? failure : told;
    }

    /** Keeps the evidence, once for each attempt, and tells in the failure where it is. */
    static void collect(ExtensionContext context, Throwable failure) {
        TestBrowser browser = TestBrowsers.existing(context);
        BrowserSession session = sessionOf(context);
        if (browser == null
                || session == null
                || browser.isCollected()
                || failure instanceof TestAbortedException
                || browser.settings().evidence() == EvidenceMode.OFF) {
            return;
        }
        long start = System.nanoTime();
        try {
            Bundle bundle = EvidenceCollector.collect(attempt(browser, session, failure));
            failure.addSuppressed(EvidenceCollector.note(bundle, session));
            publish(context, bundle);
        } catch (IOException | RuntimeException lost) {
            failure.addSuppressed(new BctrlException("The evidence of this failure could not be kept: " + lost, lost));
        } finally {
            browser.collectingTook(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Tells listeners which run the test had and how long its steps took. */
    static void report(ExtensionContext context) {
        TestBrowser browser = TestBrowsers.existing(context);
        BrowserSession session = sessionOf(context);
        if (browser == null || session == null) {
            return;
        }
        Map<String, String> entry = new LinkedHashMap<>();
        String runId = session.lease().runId();
        if (runId != null) {
            entry.put(BctrlLauncherListener.RUN_ID, runId);
        }
        entry.put(BctrlLauncherListener.PHASES, browser.phases().toString());
        context.publishReportEntry(entry);
    }

    private static FailedAttempt attempt(TestBrowser browser, BrowserSession session, Throwable failure) {
        return new FailedAttempt(
                browser.test(),
                failure,
                Instant.now(),
                browser.body(),
                session,
                browser.isTraced(),
                client(browser),
                browser.run().directory(browser.settings()),
                redaction(browser, session));
    }

    private static UnaryOperator<String> redaction(TestBrowser browser, BrowserSession session) {
        String apiKey = browser.settings().apiKey();
        return text -> {
            String redacted = session.redact(text);
            return apiKey == null ? redacted : redacted.replace(apiKey, "…");
        };
    }

    private static @Nullable BctrlClient client(TestBrowser browser) {
        try {
            return browser.client();
        } catch (BctrlException none) {
            return null;
        }
    }

    private static void publish(ExtensionContext context, Bundle bundle) {
        for (Bundle.Item item : bundle.items()) {
            Path file = bundle.directory().resolve(item.name());
            try {
                context.publishFile(item.name(), mediaType(item.mediaType()), target -> place(file, target));
            } catch (RuntimeException refused) {
                // The file is kept all the same; a launcher may have no output directory at all.
                LOG.log(System.Logger.Level.DEBUG, "bctrl: {0} was not published: {1}", file, refused);
            }
        }
    }

    /** A link costs no space; where there are none it is a copy. */
    private static void place(Path file, Path target) throws IOException {
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.copy(file, target);
        }
    }

    private static MediaType mediaType(String text) {
        try {
            return MediaType.parse(text);
        } catch (RuntimeException malformed) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    private static @Nullable BrowserSession sessionOf(ExtensionContext context) {
        TestBrowser browser = TestBrowsers.existing(context);
        return browser == null ? null : browser.openSession();
    }
}
