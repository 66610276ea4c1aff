package ai.bctrl.local.internal.shared;

import ai.bctrl.local.internal.engine.AuthenticatingProxy;
import ai.bctrl.local.internal.engine.BrowserExit;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.ClientPort;
import ai.bctrl.local.internal.engine.ProcessState;
import ai.bctrl.local.internal.engine.Proxy;
import ai.bctrl.local.internal.engine.RunningBrowser;
import ai.bctrl.local.internal.loop.Loop;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One Chromium that many runtimes use, from its start to its end. Thread-safe. */
final class SharedChromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DISPOSAL = Duration.ofSeconds(5);
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RunningBrowser process;
    private final Loop loop;
    private final Hub hub;
    private final Set<ContextBrowser> tenants = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    private SharedChromium(RunningBrowser process) {
        this.process = process;
        this.loop = Loop.start("bctrl-shared-" + process.pid(), this::lost);
        this.hub = new Hub(loop, process.devTools(), this::lost);
    }

    /**
     * Takes over a browser.
     *
     * @throws BrowserStartException if it does not talk to us; it is closed then
     */
    static SharedChromium of(RunningBrowser process) {
        SharedChromium chromium = new SharedChromium(process);
        var unused = process.exit().thenAccept(chromium::ended);
        try {
            await(chromium.hub.start(), PATIENCE);
        } catch (IOException e) {
            chromium.close();
            throw new BrowserStartException("The shared browser cannot be used: " + e.getMessage(), e);
        }
        return chromium;
    }

    RunningBrowser process() {
        return process;
    }

    /** Whether no more runtimes should be put in it. */
    boolean isBroken() {
        return broken || ProcessState.of(process.pid()) == ProcessState.STOPPED;
    }

    /**
     * Makes room for a runtime.
     *
     * @param afterwards runs once, when nothing of the runtime is left
     * @throws IOException if the browser does not
     */
    ContextBrowser open(@Nullable Proxy proxy, Runnable afterwards) throws IOException {
        byte[] secret = new byte[16];
        RANDOM.nextBytes(secret);
        String path = HexFormat.of().formatHex(secret);
        AuthenticatingProxy forwarder =
                proxy == null || !proxy.hasCredentials() ? null : AuthenticatingProxy.start(proxy);
        Proxy used = forwarder == null ? proxy : forwarder.local();
        CompletableFuture<BrowserExit> exit = new CompletableFuture<>();
        boolean opened = false;
        try {
            URI devTools = await(
                    hub.open(
                            path,
                            used == null ? null : used.server(),
                            () -> exit.complete(new BrowserExit(false, 0, null, ""))),
                    PATIENCE);
            ContextBrowser browser = new ContextBrowser(this, path, devTools, forwarder, exit, afterwards);
            tenants.add(browser);
            if (broken) {
                tenants.remove(browser);
                throw new IOException("the browser has just ended");
            }
            opened = true;
            return browser;
        } catch (IOException e) {
            broken = true;
            throw e;
        } finally {
            if (!opened && forwarder != null) {
                forwarder.close();
            }
        }
    }

    /** {@return the place of a client of the runtime whose socket will be handed over} */
    CompletableFuture<ClientPort.Seat> seat(String path) {
        return hub.seat(path);
    }

    /** A runtime ends. */
    void leave(ContextBrowser browser, String path) {
        try {
            boolean answers = !broken && ProcessState.of(process.pid()) != ProcessState.STOPPED;
            CompletableFuture<Void> left = hub.close(path);
            if (answers) {
                await(left, DISPOSAL);
            }
        } catch (IOException silent) {
            broken = true;
        } finally {
            tenants.remove(browser);
        }
    }

    int neighbours(ContextBrowser browser) {
        return (int) tenants.stream().filter(other -> other != browser).count();
    }

    private void ended(BrowserExit how) {
        broken = true;
        List<ContextBrowser> all = List.copyOf(tenants);
        BrowserExit told = new BrowserExit(
                how.requested(), how.exitCode(), how.signal(), how.stderrTail(), Math.max(0, all.size() - 1));
        all.forEach(browser -> browser.lost(told));
        loop.close();
    }

    /** Runs on the loop's thread, which must not wait for the process. */
    private void lost() {
        broken = true;
        Thread end = new Thread(this::endProcess, "bctrl-shared-end-" + process.pid());
        end.setDaemon(true);
        end.start();
    }

    /** One that has ended by itself shall say how; one that only hung up is ended. */
    private void endProcess() {
        try {
            await(process.exit().toCompletableFuture().copy(), GOODBYE);
        } catch (IOException alive) {
            process.close();
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration patience) throws IOException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new IOException("it did not answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for it", e);
        }
    }

    /** Ends the browser; its runtimes are told. */
    @Override
    public void close() {
        broken = true;
        process.close();
        loop.close();
    }
}
