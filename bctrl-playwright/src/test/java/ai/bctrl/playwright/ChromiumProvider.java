package ai.bctrl.playwright;

import ai.bctrl.error.BctrlException;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts a Chromium of its own for each lease, without any control plane. */
final class ChromiumProvider implements RuntimeProvider {
    private static final String MARK = "DevTools listening on ";

    final Queue<ChromiumLease> leases = new ConcurrentLinkedQueue<>();

    @Override
    public RuntimeLease acquire(RuntimeSpec spec) {
        ChromiumLease lease = new ChromiumLease();
        leases.add(lease);
        return lease;
    }

    boolean everyLeaseIsClosed() {
        return leases.stream().allMatch(lease -> lease.closes.get() == 1 && !lease.process.isAlive());
    }

    static Path binary() {
        return Stream.of(
                        System.getenv("BCTRL_CHROMIUM"),
                        "/usr/lib/chromium/chromium-headless-shell",
                        "/usr/bin/chromium-headless-shell",
                        "/usr/lib/chromium/chromium",
                        "/usr/bin/chromium")
                .filter(path -> path != null && Files.isExecutable(Path.of(path)))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium found; set BCTRL_CHROMIUM"));
    }

    static final class ChromiumLease implements RuntimeLease {
        final Process process;
        private final Path profile;
        private final String url;
        private final String id = UUID.randomUUID().toString();
        final AtomicInteger closes = new AtomicInteger();
        volatile @Nullable RuntimeEnding ending;
        volatile boolean tellsOfCrashes = true;

        ChromiumLease() {
            try {
                profile = Files.createTempDirectory("bctrl-playwright-test-");
                process = new ProcessBuilder(List.of(
                                binary().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank"))
                        .redirectErrorStream(true)
                        .start();
                url = devTools();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String devTools() throws IOException {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(MARK)) {
                    return line.substring(MARK.length()).strip();
                }
            }
            throw new IOException("Chromium ended before it listened");
        }

        @Override
        public String runtimeId() {
            return id;
        }

        @Override
        public String runId() {
            return "run-of-" + id;
        }

        @Override
        public String cdpUrl() {
            return url;
        }

        @Override
        public PhaseTimes phases() {
            return PhaseTimes.none().plus("create", Duration.ofMillis(1));
        }

        @Override
        public @Nullable RuntimeEnding ending() {
            return ending == null && tellsOfCrashes && !process.isAlive()
                    ? new RuntimeEnding(RuntimeEnding.Cause.CRASHED, "browser crashed: killed by SIGKILL")
                    : ending;
        }

        @Override
        public LiveView liveView(CreateLiveViewRequest request) {
            throw new BctrlException("no live view here");
        }

        @Override
        public void close() {
            closes.incrementAndGet();
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            deleteProfile();
        }

        private void deleteProfile() {
            for (int attempt = 0; attempt < 5 && Files.exists(profile); attempt++) {
                try (Stream<Path> files = Files.walk(profile)) {
                    files.sorted((a, b) -> b.compareTo(a))
                            .forEach(file -> file.toFile().delete());
                } catch (IOException | UncheckedIOException e) {
                    // Children of Chromium may still write; the next attempt finds the rest.
                }
            }
        }
    }
}
