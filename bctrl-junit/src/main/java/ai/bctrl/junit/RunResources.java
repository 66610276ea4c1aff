package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlException;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.BrowserSession;
import ai.bctrl.playwright.SessionOptions;
import ai.bctrl.runtime.RuntimeSpec;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * What lives as long as the launcher session: the service, the drivers, the name of the run. Everything is started when it
 * is first needed. Thread-safe.
 */
final class RunResources implements AutoCloseable {
    /** Metadata of each runtime, by which the browsers of a run are found again. */
    static final String RUN_TAG = "bctrlRun";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final String name;
    private final Supplier<BrowserService> connect;
    private final Set<String> runIds = ConcurrentHashMap.newKeySet();
    private @Nullable Started started;
    private @Nullable RuntimeException startFailure;

    private record Started(BrowserService service, BctrlPlaywright playwright) {}

    RunResources(Supplier<BrowserService> connect) {
        this.name = LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + "-"
                + Integer.toHexString(0x1000 + new SecureRandom().nextInt(0xf000));
        this.connect = connect;
    }

    /** {@return those of the launcher session that the context belongs to} */
    static RunResources of(ExtensionContext context) {
        Store store = context.getStore(StoreScope.LAUNCHER_SESSION, BctrlExtension.NAMESPACE);
        return store.getOrComputeIfAbsent(
                RunResources.class,
                unused -> new RunResources(() -> BrowserService.connect(TestBrowsers.settings(context))),
                RunResources.class);
    }

    /** {@return the name of the run, which is also that of its directory} */
    String name() {
        return name;
    }

    /** {@return the directory of the run's evidence} */
    Path directory(BctrlSettings settings) {
        return settings.evidenceDirectory().toAbsolutePath().normalize().resolve(name);
    }

    BrowserSession open(RuntimeSpec spec, SessionOptions options) {
        BrowserSession session = started().playwright().open(spec, options);
        String runId = session.lease().runId();
        if (runId != null) {
            runIds.add(runId);
        }
        return session;
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
        if (running == null) {
            return;
        }
        try {
            running.playwright().close();
        } finally {
            try (BrowserService service = running.service()) {
                new LeakCheck(service.client(), name, runIds).run();
            }
        }
    }
}
