package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts one Chromium process for each runtime. Thread-safe.
 *
 * <p>A browser never outlives the process that started it: each one has a supervisor at the other end of a pipe, which
 * ends it when the pipe breaks. Profiles without a name lie in the engine's own temporary directory and are removed with
 * their browser; what an engine left that died together with its supervisors is removed by the next one.
 */
public final class ChromiumEngine implements BrowserEngine {

    /** The longest path of a socket's file that Linux takes, less what Chromium appends to its temporary directory. */
    private static final int MAX_TEMPORARY_PATH = 107 - "/org.chromium.Chromium.XXXXXX/SingletonSocket".length();

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final ChromiumOptions options;
    private final HostEnvironment host;
    private final ChromiumDiscovery discovery;
    private final Supervisor supervisor;
    private final InstanceDirectory instance;
    private final Set<ChromiumProcess> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Makes an engine and removes what dead ones left behind in the same root.
     *
     * @throws BrowserStartException if the directory for temporary profiles cannot be used
     */
    public ChromiumEngine(ChromiumOptions options) {
        this(options, HostEnvironment.current());
    }

    ChromiumEngine(ChromiumOptions options, HostEnvironment host) {
        this.options = options;
        this.host = host;
        this.discovery = new ChromiumDiscovery(options.binary(), host);
        this.supervisor = Supervisor.of(host);
        Path root = options.root();
        this.instance = InstanceDirectory.open(root == null ? defaultRoot(host) : root.toAbsolutePath(), root == null);
    }

    private static Path defaultRoot(HostEnvironment host) {
        // The path of a socket's file may be only 103 bytes long on macOS, and its temporary directory takes 49 of
        // them.
        Path temporary = host.system() == HostEnvironment.OperatingSystem.MACOS ? host.at("/tmp") : host.temporary();
        return temporary.toAbsolutePath().resolve("bctrl-" + host.user().replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    /** What this engine would start, and what else there is. */
    public ChromiumDiscovery discovery() {
        return discovery;
    }

    /** The engine's own temporary directory, which is removed with it, or by the next engine after a SIGKILL. */
    public Path directory() {
        return instance.path();
    }

    @Override
    public RunningBrowser launch(LaunchRequest request) {
        requireOpen();
        ChromiumDiscovery.Found found = discovery.find(request);
        AuthenticatingProxy forwarder = forwarder(request.proxy());
        ChromiumProcess process;
        try {
            process = start(request, found, forwarder);
        } catch (RuntimeException | Error e) {
            if (forwarder != null) {
                forwarder.close();
            }
            throw e;
        }
        awaitReady(process, found.path());
        return process;
    }

    private void awaitReady(ChromiumProcess process, Path binary) {
        boolean ready = false;
        try {
            // A close() that came before this process was known did not end it.
            requireOpen();
            process.awaitReady(options.startTimeout());
            ready = true;
        } catch (IOException e) {
            throw new BrowserStartException(binary + " " + Shortage.explained(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowserStartException("The start of " + binary + " was interrupted.", e);
        } finally {
            if (!ready) {
                process.close();
            }
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the browser engine is closed");
        }
    }

    private static @Nullable AuthenticatingProxy forwarder(@Nullable Proxy proxy) {
        return proxy == null || !proxy.hasCredentials() ? null : AuthenticatingProxy.start(proxy);
    }

    private ChromiumProcess start(
            LaunchRequest request, ChromiumDiscovery.Found found, @Nullable AuthenticatingProxy forwarder) {
        Path run = instance.newRun(request.runtimeId());
        Path named = request.profileDirectory();
        Path profile = named == null ? run.resolve("profile") : named.toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(found.path().toString());
        Proxy proxy = forwarder == null ? request.proxy() : forwarder.local();
        command.addAll(ChromiumFlags.of(request, found.kind(), isSandboxed(), proxy, profile, run));
        ProcessBuilder builder = supervisor.supervise(command, run);
        if (run.toString().length() <= MAX_TEMPORARY_PATH) {
            builder.environment().put("TMPDIR", run.toString());
        }
        String locale = request.locale();
        if (locale != null) {
            // What Chromium on Linux takes its own language from.
            builder.environment().put("LANGUAGE", locale.replace('-', '_'));
        }
        ChromiumProcess process = null;
        try {
            process = new ChromiumProcess(request.runtimeId(), builder.start(), run, named != null, forwarder);
            running.add(process);
            ChromiumProcess watched = process;
            process.watch(() -> running.remove(watched));
            return process;
        } catch (IOException | OutOfMemoryError e) {
            // What cannot be watched is ended by hand; so says the JVM that there are no more threads.
            if (process != null) {
                process.abandon();
                running.remove(process);
            }
            DirectoryRemoval.remove(run, Duration.ofSeconds(1));
            throw new BrowserStartException(
                    found.path() + " could not be started: " + Shortage.explained(e.getMessage()), e);
        }
    }

    private boolean isSandboxed() {
        return switch (options.sandbox()) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> !host.superuser();
        };
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ExecutorService closers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "bctrl-engine-close");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (ChromiumProcess process : running) {
                tasks.add(() -> {
                    process.close();
                    return null;
                });
            }
            closers.invokeAll(tasks, CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closers.shutdownNow();
            instance.close();
        }
    }
}
