package ai.bctrl.local;

import ai.bctrl.local.internal.engine.BrowserEngine;
import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.ChromiumEngine;
import ai.bctrl.local.internal.engine.ChromiumOptions;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.http.HttpApi;
import ai.bctrl.local.internal.shared.SharedEngine;
import ai.bctrl.local.internal.store.StoreException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A control plane that serves the BCTRL REST API from this JVM. Thread-safe.
 *
 * <p>Whoever started it closes it; if nobody does, its browsers end with the JVM.
 *
 * <pre>{@code
 * try (LocalBctrl local = LocalBctrl.start(LocalOptions.defaults())) {
 *     System.out.println(local.baseUrl());
 * }
 * }</pre>
 */
public final class LocalBctrl implements AutoCloseable {

    private final String apiKey;
    private final String baseUrl;
    private final Deque<AutoCloseable> parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalBctrl(String apiKey, String baseUrl, Deque<AutoCloseable> parts) {
        this.apiKey = apiKey;
        this.baseUrl = baseUrl;
        this.parts = parts;
    }

    /**
     * Starts a control plane. Browsers are started when runtimes are created.
     *
     * @throws DataDirectoryException if the data directory is in use, newer, damaged, or cannot be used
     * @throws LocalBctrlException if the port is in use, or a browser's binary cannot be used
     */
    public static LocalBctrl start(LocalOptions options) {
        return start(options, InstantSource.system(), () -> {
            ChromiumEngine engine = new ChromiumEngine(chromium(options));
            return new Browsers(
                    new SharedEngine(engine), request -> engine.discovery().find(request), engine.directory());
        });
    }

    private static ChromiumOptions chromium(LocalOptions options) {
        Boolean noSandbox = options.noSandbox();
        return ChromiumOptions.builder()
                .binary(options.chromium())
                .startTimeout(options.browserStartTimeout())
                .sandbox(
                        noSandbox == null
                                ? ChromiumOptions.Sandbox.AUTO
                                : noSandbox ? ChromiumOptions.Sandbox.OFF : ChromiumOptions.Sandbox.ON)
                .build();
    }

    /**
     * Where browsers come from.
     *
     * @param availability throws a {@link BrowserStartException} where no browser fits
     * @param directory is removed when the engine is closed
     */
    record Browsers(BrowserEngine engine, Consumer<LaunchRequest> availability, Path directory) {}

    /** Makes browsers once the data directory is ours. */
    @FunctionalInterface
    interface BrowserSource {
        Browsers open();
    }

    static LocalBctrl start(LocalOptions options, InstantSource clock, BrowserSource source) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            String apiKey = options.apiKey() == null ? randomKey() : options.apiKey();
            HttpApi http = new Assembly(options, apiKey, clock, source, parts).start();
            return new LocalBctrl(apiKey, "http://" + authority(options.host(), http.port()), parts);
        } catch (StoreException failed) {
            closeAll(parts);
            throw new DataDirectoryException(
                    DataDirectoryException.Reason.valueOf(failed.problem().name()),
                    String.valueOf(failed.getMessage()),
                    failed);
        } catch (BrowserStartException failed) {
            closeAll(parts);
            throw new LocalBctrlException(String.valueOf(failed.getMessage()), failed);
        } catch (IOException failed) {
            closeAll(parts);
            throw new LocalBctrlException(explain(options, failed), failed);
        } catch (RuntimeException failed) {
            closeAll(parts);
            throw failed;
        }
    }

    private static String explain(LocalOptions options, IOException failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        String where = authority(options.host(), options.port());
        return cause instanceof BindException
                ? "cannot listen on " + where + ": " + cause.getMessage() + "; choose another port or stop what uses it"
                : "cannot listen on " + where + ": " + failed.getMessage();
    }

    static String authority(String host, int port) {
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (reachable.indexOf(':') >= 0 && !reachable.startsWith("[") ? "[" + reachable + "]" : reachable) + ":"
                + port;
    }

    private static String randomKey() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return "bctrl_local_" + HexFormat.of().formatHex(random);
    }

    /** {@return the address of the API, without {@code /v1}} */
    public String baseUrl() {
        return baseUrl;
    }

    /** {@return the key that may do everything} */
    public String apiKey() {
        return apiKey;
    }

    /** Ends open sockets with code 1001, stops all browsers and frees the port. Takes 30 s at most; repeats do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closeAll(parts);
        }
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                // What comes after must be closed all the same.
                System.getLogger(LocalBctrl.class.getName())
                        .log(System.Logger.Level.WARNING, "a part of the control plane did not close", failed);
            }
        }
    }
}
