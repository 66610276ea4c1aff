package ai.bctrl.junit.internal.evidence;

import ai.bctrl.error.BctrlException;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.evidence.TraceLevel;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.runtime.Uninterrupted;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.HarContentPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a context while its test runs: as little as will do when the test fails, because most tests pass. The
 * driver writes it into a directory of ours, which goes with the browser. Of one thread at a time.
 */
public final class ContextRecording {
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");
    private static final int MOST_DOWNLOADS = 20;
    private static final Duration DISCARD_LIMIT = Duration.ofSeconds(5);

    private final EvidencePlan plan;
    private final String title;
    private final List<Download> downloads = new ArrayList<>();
    private final List<String> crashedPages = new ArrayList<>();
    private @Nullable BrowserContext context;
    private @Nullable Path directory;
    private String name = "";
    private boolean traced;
    private boolean networkRecorded;

    /** Creates it for a test of that name. */
    public ContextRecording(EvidencePlan plan, String title) {
        this.plan = plan;
        this.title = title;
    }

    /** Starts recording; to be called before anything happens in the context. Its page may be there already, empty. */
    public void start(BrowserContext opened, Path artifacts) {
        context = opened;
        directory = artifacts;
        opened.pages().forEach(this::watch);
        opened.onPage(this::watch);
        record(opened);
    }

    /** Goes on after evidence was taken, for a context that outlives a failure. */
    public void restart() {
        BrowserContext own = context;
        if (own != null && !traced && !networkRecorded) {
            record(own);
        }
    }

    private void record(BrowserContext own) {
        name = "bctrl-" + UUID.randomUUID();
        if (plan.recordsTrace()) {
            own.tracing()
                    .start(new Tracing.StartOptions()
                            .setName(name)
                            .setTitle(title)
                            .setSnapshots(plan.trace().compareTo(TraceLevel.SNAPSHOTS) >= 0)
                            .setScreenshots(plan.trace() == TraceLevel.PICTURES)
                            .setSources(false));
            traced = true;
        }
        if (plan.recordsNetwork()) {
            own.tracing()
                    .startHar(
                            networkLog(),
                            // Not a zip file: the driver would pack it for each test, whether anybody reads it or not.
                            new Tracing.StartHarOptions().setContent(HarContentPolicy.ATTACH));
            networkRecorded = true;
        }
    }

    private void watch(Page page) {
        page.onCrash(crashed -> crashedPages.add(crashed.url()));
        if (plan.isArmed(EvidenceKind.DOWNLOAD)) {
            page.onDownload(download -> {
                if (downloads.size() < MOST_DOWNLOADS) {
                    downloads.add(download);
                }
            });
        }
    }

    /** {@return whether a page crashed} */
    boolean sawPageCrash() {
        return !crashedPages.isEmpty();
    }

    List<Download> downloads() {
        return List.copyOf(downloads);
    }

    boolean isTraced() {
        return traced;
    }

    boolean isNetworkRecorded() {
        return networkRecorded;
    }

    /** {@return the trace, as the driver packed it} */
    Path stopTrace() {
        Path zip = inDirectory(name + ".trace.zip");
        traced = false;
        running().tracing().stop(new Tracing.StopOptions().setPath(zip));
        return zip;
    }

    /** {@return the network log, as the driver wrote it} */
    Path stopNetwork() {
        networkRecorded = false;
        running().tracing().stopHar();
        return networkLog();
    }

    private Path networkLog() {
        return inDirectory(name + "-network").resolve("network.har");
    }

    /** {@return what the driver had written of the trace when it was cut off, or null if that is nothing} */
    @Nullable
    RawTrace unfinishedTrace() {
        if (!traced || directory == null || !Files.exists(inDirectory(name + ".trace"))) {
            return null;
        }
        return new RawTrace(inDirectory(name + ".trace"), inDirectory(name + ".network"), inDirectory("resources"));
    }

    /** Ends what nobody wants: until then the driver keeps files and the stack of each call. Never fails. */
    public void discard(BrowserSession session) {
        BrowserContext own = context;
        if (own == null || !traced || !session.browser().isConnected()) {
            return;
        }
        traced = false;
        try {
            String done = Uninterrupted.call(() -> session.within(DISCARD_LIMIT, "ending the trace", () -> {
                own.tracing().stop();
                return name;
            }));
            LOG.log(System.Logger.Level.TRACE, "bctrl: trace {0} is discarded", done);
        } catch (PlaywrightException | BctrlException gone) {
            // With the browser, or with its driver, goes what was recorded.
            LOG.log(System.Logger.Level.DEBUG, "bctrl: a trace could not be ended: {0}", gone);
        }
    }

    private BrowserContext running() {
        BrowserContext own = context;
        if (own == null) {
            throw new IllegalStateException("nothing is recorded");
        }
        return own;
    }

    private Path inDirectory(String file) {
        Path own = directory;
        if (own == null) {
            throw new IllegalStateException("nothing is recorded");
        }
        return own.resolve(file);
    }
}
