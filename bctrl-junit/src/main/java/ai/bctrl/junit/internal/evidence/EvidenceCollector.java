package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.RunEvent;
import ai.bctrl.playwright.BrowserSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the evidence of a failed attempt in a directory of its own. One deadline bounds the whole; a kind that fails or is
 * late costs no other kind. Stateless.
 */
public final class EvidenceCollector {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration BROWSER_LIMIT = Duration.ofSeconds(12);
    private static final Set<Kind> EXPECTED =
            EnumSet.of(Kind.SCREENSHOT, Kind.TRACE, Kind.EVENTS, Kind.COMMANDS, Kind.ARTIFACT);

    private EvidenceCollector() {}

    /**
     * Collects; to be called on the thread that uses the browser.
     *
     * @return the bundle, with everything that could be had
     * @throws IOException if nothing can be written
     */
    public static Bundle collect(FailedAttempt attempt) throws IOException {
        long start = System.nanoTime();
        Bundle bundle = new Bundle(AttemptDirectory.create(attempt.runDirectory(), attempt.test()));
        bundle.text(Kind.FAILURE, "failure.txt", attempt.redaction().apply(FailureText.stackTrace(attempt.failure())));
        ApiEvidence api = apiEvidence(attempt, bundle);
        Thread reading = startReading(api);
        new BrowserEvidence(attempt, bundle).collect(BROWSER_LIMIT);
        await(reading, LIMIT.minusNanos(System.nanoTime() - start));
        bundle.seal(EXPECTED, "it took longer than " + LIMIT.toSeconds() + " s");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        FailureSummary summary = new FailureSummary(attempt, bundle.items(), bundle.missing(), took, eventsOf(api));
        bundle.addSummary(Kind.PAGE, "index.html", FailurePage.render(summary, bundle.directory()));
        bundle.addSummary(Kind.MANIFEST, "failure.json", FailureManifest.render(summary));
        return bundle;
    }

    /** {@return a sentence with a link to the evidence, for the failure} */
    public static FailureNote note(Bundle bundle, BrowserSession session) {
        String runId = session.lease().runId();
        return new FailureNote("Evidence of this failure" + (runId == null ? "" : " (run " + runId + ")") + ": "
                + link(bundle.directory().resolve("index.html")));
    }

    private static String link(Path file) {
        // Path.toUri() writes file:/// with an empty host, which terminals and IDEs make clickable.
        return file.toAbsolutePath().toUri().toString();
    }

    private static @Nullable ApiEvidence apiEvidence(FailedAttempt attempt, Bundle bundle) {
        BctrlClient client = attempt.client();
        String runId = attempt.session().lease().runId();
        if (client == null || runId == null) {
            Set.of(Kind.EVENTS, Kind.COMMANDS, Kind.ARTIFACT)
                    .forEach(kind -> bundle.missing(kind, "nobody keeps a record of the run"));
            return null;
        }
        return new ApiEvidence(client, runId, attempt.redaction(), bundle, LIMIT);
    }

    private static @Nullable Thread startReading(@Nullable ApiEvidence api) {
        if (api == null) {
            return null;
        }
        Thread thread = new Thread(api::collect, "bctrl-evidence");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(@Nullable Thread reading, Duration limit) {
        if (reading == null) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(reading, Math.max(1, limit.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reading.isAlive()) {
            reading.interrupt();
        }
    }

    private static List<RunEvent> eventsOf(@Nullable ApiEvidence api) {
        return api == null ? List.of() : api.events();
    }
}
