package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One supervised Chromium, from the start of its supervisor to the removal of its directory. Thread-safe.
 *
 * <p>Two threads belong to it: one reads its output and tells about its end, one short-lived cleans up.
 */
final class ChromiumProcess implements RunningBrowser {

    private static final Duration POLITE = Duration.ofSeconds(3);
    private static final Duration KILL = Duration.ofSeconds(2);
    private static final Duration REMOVAL = Duration.ofSeconds(1);

    private final Process supervisor;
    private final ChromiumOutput output;
    private final Path directory;
    private final boolean polite;
    private final @Nullable AuthenticatingProxy forwarder;
    private final String runtimeId;
    private final Instant startedAt = Instant.now();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final CompletableFuture<BrowserExit> exit = new CompletableFuture<>();
    private volatile CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile String product = "";

    /**
     * Takes over a started supervisor.
     *
     * @param polite whether the browser shall be asked before it is ended
     * @param forwarder closed with the browser; null where it has none
     */
    ChromiumProcess(
            String runtimeId,
            Process supervisor,
            Path directory,
            boolean polite,
            @Nullable AuthenticatingProxy forwarder) {
        this.runtimeId = runtimeId;
        this.supervisor = supervisor;
        this.directory = directory;
        this.polite = polite;
        this.forwarder = forwarder;
        this.output = new ChromiumOutput(supervisor.getInputStream(), this::ended);
        closeErrors(supervisor);
    }

    /**
     * Begins to read and to look out for the end.
     *
     * @param afterwards runs once, when nothing of the browser is left
     */
    void watch(Runnable afterwards) {
        gone = supervisor
                .onExit()
                .thenRunAsync(() -> cleanUp(afterwards), task -> thread("bctrl-chromium-end-" + runtimeId, task));
        thread("bctrl-chromium-" + runtimeId, output);
    }

    /** Errors come with the output; the JDK makes a pipe for them all the same, which each further start of a process inherits. */
    private static void closeErrors(Process supervisor) {
        try {
            supervisor.getErrorStream().close();
        } catch (IOException e) {
            // It goes with the process.
        }
    }

    /** Ends what could not be watched. */
    void abandon() {
        requested.set(true);
        closeInput();
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly();
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until DevTools answer.
     *
     * @throws IOException if the browser ends or stays silent; the message says which, and what it wrote
     * @throws InterruptedException if the thread is interrupted
     */
    void awaitReady(Duration deadline) throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            CompletableFuture.anyOf(output.devTools(), exit).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (!exit.isDone()) {
                output.pid().get(1, TimeUnit.SECONDS);
                long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
                product = DevTools.product(devTools(), Duration.ofMillis(left));
                return;
            }
        } catch (TimeoutException e) {
            throw new IOException(
                    "did not open its DevTools port within " + deadline.toMillis() + " ms" + chatter(), e);
        } catch (ExecutionException e) {
            throw new IOException("told an unreadable DevTools URL" + chatter(), e);
        } catch (IOException e) {
            throw new IOException(
                    "opened its DevTools port but did not answer there: " + e.getMessage() + chatter(), e);
        }
        BrowserExit how = exit.join();
        String verb = how.signal() != null ? "was killed by " + how.signal() : "exited with status " + how.exitCode();
        throw new IOException(verb + chatter());
    }

    private String chatter() {
        String tail = output.tail();
        return tail.isEmpty() ? "; it wrote nothing" : "; the end of what it wrote:\n  " + tail.replace("\n", "\n  ");
    }

    @Override
    public URI devTools() {
        return output.devTools().join();
    }

    @Override
    public long pid() {
        return output.pid().join();
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public CompletionStage<BrowserExit> exit() {
        return exit.minimalCompletionStage();
    }

    private void ended(int status) {
        exit.complete(new BrowserExit(requested.get(), status, Signals.nameOf(status), output.tail()));
    }

    /** Runs when the supervisor has ended, mostly because the browser has. */
    private void cleanUp(Runnable afterwards) {
        // A supervisor that somebody killed leaves a watcher which waits for this.
        closeInput();
        if (!exit.isDone()) {
            ended(supervisor.exitValue());
        }
        DirectoryRemoval.remove(directory, REMOVAL);
        if (forwarder != null) {
            forwarder.close();
        }
        afterwards.run();
    }

    private void closeInput() {
        try {
            supervisor.getOutputStream().close();
        } catch (IOException e) {
            // Closed is what it shall be.
        }
    }

    @Override
    public void close() {
        if (requested.compareAndSet(false, true)) {
            if (polite && !exit.isDone() && output.devTools().isDone()) {
                askToEnd();
            }
            closeInput();
        }
        if (!await(gone, polite ? POLITE.plus(KILL) : KILL)) {
            if (output.pid().isDone()) {
                ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
            supervisor.destroyForcibly();
            await(gone, REMOVAL.plusMillis(500));
        }
    }

    private void askToEnd() {
        try {
            DevTools.close(devTools(), POLITE);
            await(exit, POLITE);
        } catch (IOException e) {
            // It will be ended without being asked.
        }
    }

    private static boolean await(CompletableFuture<?> future, Duration deadline) {
        boolean interrupted = false;
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (true) {
                try {
                    future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    // Closing is not given up half-way; the interrupt is handed on.
                    interrupted = true;
                } catch (TimeoutException | ExecutionException e) {
                    return future.isDone();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
