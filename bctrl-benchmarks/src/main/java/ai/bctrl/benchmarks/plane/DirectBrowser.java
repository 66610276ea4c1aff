package ai.bctrl.benchmarks.plane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser that nobody manages, to connect to directly. Thread-safe; whoever started it closes it. */
public final class DirectBrowser implements AutoCloseable {
    private static final String READY = "DevTools listening on ";
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final Path profile;
    private final String url;

    private DirectBrowser(Process process, Path profile, String url) {
        this.process = process;
        this.profile = profile;
        this.url = url;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param chromium its binary
     * @throws IOException if it does not start
     */
    public static DirectBrowser start(Path chromium) throws IOException {
        Path profile = Files.createTempDirectory("bctrl-bench-");
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // As managed browsers and Playwright's are: Linux shares the processors among sessions.
            command.add(SETSID.toString());
        }
        command.addAll(List.of(
                chromium.toString(),
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
                "--user-data-dir=" + profile));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new DirectBrowser(
                        process, profile, line.substring(READY.length()).strip());
            }
        }
        process.destroyForcibly();
        throw new IOException(chromium + " does not start");
    }

    /** {@return its DevTools WebSocket} */
    public String url() {
        return url;
    }

    /** Ends it and removes its profile. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException left) {
            // The system's own cleaning takes temporary files.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
