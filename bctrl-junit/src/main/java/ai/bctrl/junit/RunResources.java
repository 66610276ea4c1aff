package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.junit.internal.evidence.ResultsLog;
import ai.bctrl.junit.internal.run.RunDirectory;
import ai.bctrl.junit.internal.run.Stores;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.playwright.SessionOptions;
import ai.bctrl.runtime.EmbeddedControlPlane;
import ai.bctrl.runtime.RuntimeSpec;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What lives as long as the launcher session: the service, the drivers, the directory of the run. The service is started
 * when it is first needed. Thread-safe.
 */
final class RunResources implements AutoCloseable {
    /** Metadata of each runtime, by which the browsers of a run are found again. */
    static final String RUN_TAG = "bctrlRun";

    /** Metadata of each runtime, by which those of one launcher session are found: a run may have several. */
    static final String MEMBER_TAG = "bctrlMember";

    private final RunDirectory directory;
    private final ResultsLog results;
    private final Publication publication;
    private final BrowserSupply supply;
    private final Supplier<BrowserService> connect;
    private final Set<String> runIds = ConcurrentHashMap.newKeySet();
    /** Starts its driver while the service starts. */
    private final BctrlPlaywright playwright =
            BctrlPlaywright.create(spec -> service().provider().acquire(spec));

    private @Nullable BrowserService service;
    private @Nullable RuntimeException startFailure;

    RunResources(
            RunDirectory directory, Publication publication, BrowserSupply supply, Supplier<BrowserService> connect) {
        this.directory = directory;
        this.supply = supply;
        this.publication = publication;
        this.results = new ResultsLog(directory.path());
        this.connect = connect;
    }

    /** {@return those of the launcher session that the context belongs to} */
    static RunResources of(ExtensionContext context) {
        return Stores.computed(
                Stores.ofSession(context, BctrlExtension.NAMESPACE),
                RunResources.class,
                RunResources.class,
                () -> create(context));
    }

    private static RunResources create(ExtensionContext context) {
        PlannedTests planned =
                Stores.ofSession(context, BctrlExtension.NAMESPACE).get(PlannedTests.class, PlannedTests.class);
        return create(TestBrowsers.settings(context), planned);
    }

    /** @param planned null where nobody knows what tests there will be */
    static RunResources create(BctrlSettings settings, @Nullable PlannedTests planned) {
        RunResources created = new RunResources(
                directoryOf(settings),
                new Publication(settings.evidence(), System.getenv(), System.out),
                BrowserSupply.of(settings, planned),
                () -> BrowserService.connect(settings));
        if (planned != null) {
            planned.whenOver(created.playwright::discardPrepared);
        }
        return created;
    }

    private static RunDirectory directoryOf(BctrlSettings settings) {
        BctrlSettings.Evidence evidence = settings.evidence();
        if (evidence.isOff()) {
            return RunDirectory.apart(evidence.directory(), evidence.run());
        }
        RunDirectory directory = RunDirectory.join(evidence.directory(), evidence.run());
        if (directory.isCreated()) {
            directory.prune(evidence.keepRuns(), evidence.keepFor());
        }
        return directory;
    }

    /** {@return the name of the run, which is also that of its directory} */
    String name() {
        return directory.name();
    }

    /** {@return the name of this launcher session, one of perhaps several in the run} */
    String member() {
        return directory.member();
    }

    /** {@return the directory of the run} */
    RunDirectory directory() {
        return directory;
    }

    /** {@return where the outcomes of tests are noted} */
    ResultsLog results() {
        return results;
    }

    /** {@return what hands the evidence to others} */
    Publication publication() {
        return publication;
    }

    /** {@return the key of the control plane in this JVM, which nobody shall read, or null if there is none} */
    @Nullable
    String embeddedKey() {
        EmbeddedControlPlane.Running embedded = service().embedded();
        return embedded == null ? null : embedded.apiKey();
    }

    /** {@return a session on a new browser} */
    BrowserSession open(RuntimeSpec spec, SessionOptions options) {
        return noted(playwright.open(spec, options));
    }

    /** {@return a session on a browser that was made ready for this, or null if there is none} */
    @Nullable
    BrowserSession openPrepared(RuntimeSpec spec, SessionOptions options) {
        BrowserSession session = supply.mayBePrepared() ? playwright.openPrepared(spec, options) : null;
        return session == null ? null : noted(session);
    }

    /** Makes browsers ready for tests that are to come. */
    void prepare(RuntimeSpec spec, SessionOptions options, boolean withPage, int count) {
        if (supply.mayBePrepared() && count > 0) {
            playwright.prepare(spec, options, withPage, count);
        }
    }

    /** {@return how many browsers to make ready} */
    BrowserSupply supply() {
        return supply;
    }

    private BrowserSession noted(BrowserSession session) {
        String runId = session.lease().runId();
        if (runId != null) {
            runIds.add(runId);
        }
        return session;
    }

    /** {@return the client of the service, or null if it has no API} */
    @Nullable
    BctrlClient client() {
        return service().client();
    }

    private BrowserService service() {
        synchronized (connect) {
            if (startFailure != null) {
                throw new BctrlException(String.valueOf(startFailure.getMessage()), startFailure);
            }
            BrowserService running = service;
            if (running == null) {
                try {
                    running = connect.get();
                } catch (RuntimeException failure) {
                    // Each test tells it, but the cost of finding out is paid once.
                    startFailure = failure;
                    throw failure;
                }
                service = running;
            }
            return running;
        }
    }

    @Override
    public void close() {
        try {
            playwright.close();
        } finally {
            try {
                closeService();
            } finally {
                directory.close();
                results.report();
                publication.close(directory.name());
            }
        }
    }

    private void closeService() {
        BrowserService running;
        synchronized (connect) {
            running = service;
            service = null;
            startFailure = new BctrlException("the run is over");
        }
        if (running != null) {
            try (running) {
                new LeakCheck(running.client(), member(), runIds, System.out).run();
            }
        }
    }
}
