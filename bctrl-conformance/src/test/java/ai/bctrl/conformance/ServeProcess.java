package ai.bctrl.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bctrl serve} in a process of its own. Ended, with its browsers, by {@link #close}. */
final class ServeProcess implements AutoCloseable {
    static final String KEY = "key-of-a-test";

    private final List<String> command;
    private final String baseUrl;
    private volatile Process process;

    private ServeProcess(List<String> command) throws IOException {
        this.command = command;
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        this.baseUrl = awaitListening(process);
    }

    /** Starts it on a free port, and waits until it listens. */
    static ServeProcess start(Path directory, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                "ai.bctrl.local.cli.LocalMain",
                "serve",
                "--port",
                "0",
                "--api-key",
                KEY));
        command.addAll(List.of(options));
        return new ServeProcess(command);
    }

    private static String awaitListening(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Listening on ")) {
                Thread drain = new Thread(() -> drain(lines), "serve-output");
                drain.setDaemon(true);
                drain.start();
                return line.substring("Listening on ".length());
            }
        }
        throw new AssertionError("serve ended: " + said);
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // Nobody reads it, but it must not wait for that.
            }
        } catch (IOException ended) {
            // So has the process.
        }
    }

    String baseUrl() {
        return baseUrl;
    }

    /** Ends it as the kernel does: nothing is tidied up by itself. */
    void kill() {
        process.destroyForcibly();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it politely and starts it again at the same address. */
    void restart() {
        close();
        List<String> again = new ArrayList<>(command);
        again.set(again.indexOf("--port") + 1, baseUrl.substring(baseUrl.lastIndexOf(':') + 1));
        try {
            process = new ProcessBuilder(again).redirectErrorStream(true).start();
            String unused = awaitListening(process);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> browsers = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        browsers.forEach(ProcessHandle::destroyForcibly);
    }
}
