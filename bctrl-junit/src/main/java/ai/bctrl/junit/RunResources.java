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
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final Supplier<BrowserService> connect;
    private final Set<String> runIds = ConcurrentHashMap.newKeySet();
    private @Nullable Started started;
    private @Nullable RuntimeException startFailure;

    private record Started(BrowserService service, BctrlPlaywright playwright) {}

    RunResources(RunDirectory directory, Publication publication, Supplier<BrowserService> connect) {
        this.directory = directory;
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
        BctrlSettings settings = TestBrowsers.settings(context);
        return new RunResources(
                directoryOf(settings),
                new Publication(settings.evidence(), System.getenv(), System.out),
                () -> BrowserService.connect(settings));
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
        EmbeddedControlPlane.Running embedded = started().service().embedded();
        return embedded == null ? null : embedded.apiKey();
    }

    BrowserSession open(RuntimeSpec spec, SessionOptions options) {
        BrowserSession session = started().playwright().open(tagged(spec), options);
        String runId = session.lease().runId();
        if (runId != null) {
            runIds.add(runId);
        }
        return session;
    }

    private RuntimeSpec tagged(RuntimeSpec spec) {
        Map<String, String> metadata = new LinkedHashMap<>(spec.metadata());
        metadata.put(MEMBER_TAG, member());
        return new RuntimeSpec(
                spec.name(),
                spec.profile(),
                spec.extensionIds(),
                spec.config(),
                metadata,
                spec.connectionTtl(),
                spec.acquireTimeout(),
                spec.queueTimeout(),
                spec.recording(),
                spec.isolation());
    }

    /** {@return the client of the service, or null if it has no API} */
    @Nullable
    BctrlClient client() {
        return started().service().client();
    }

    private synchronized Started started() {
        if (startFailure != null) {
            throw new BctrlException(String.valueOf(startFailure.getMessage()), startFailure);
        }
        Started running = started;
        if (running == null) {
            try {
                BrowserService service = connect.get();
                running = new Started(service, BctrlPlaywright.create(service.provider()));
            } catch (RuntimeException failure) {
                // Each test tells it, but the cost of finding out is paid once.
                startFailure = failure;
                throw failure;
            }
            started = running;
        }
        return running;
    }

    @Override
    public synchronized void close() {
        Started running = started;
        started = null;
        startFailure = new BctrlException("the run is over");
        try {
            close(running);
        } finally {
            directory.close();
            results.report();
            publication.close(directory.name());
        }
    }

    private void close(@Nullable Started running) {
        if (running == null) {
            return;
        }
        try {
            running.playwright().close();
        } finally {
            try (BrowserService service = running.service()) {
                new LeakCheck(service.client(), member(), runIds, System.out).run();
            }
        }
    }
}
