package ai.bctrl.benchmarks.plane;

import ai.bctrl.BctrlClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A control plane in a JVM of its own, on a free port. Thread-safe; whoever started it closes it. */
public final class ServeJvm implements AutoCloseable {
    private static final String KEY = "key-of-the-benchmarks";
    private static final String READY = "Listening on ";

    private final Process process;
    private final String baseUrl;

    private ServeJvm(Process process, String baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param options further options of {@code serve}
     * @throws IOException if it does not start
     */
    public static ServeJvm start(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                ServeMain.class.getName(),
                "serve",
                "--port",
                "0",
                "--api-key",
                KEY));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new ServeJvm(process, line.substring(READY.length()).strip());
            }
        }
        process.destroyForcibly();
        throw new IOException("the control plane does not start");
    }

    /** {@return the address of its API} */
    public String baseUrl() {
        return baseUrl;
    }

    /** {@return the key that may do everything} */
    public String apiKey() {
        return KEY;
    }

    /** {@return a client of it, to be closed by the caller} */
    public BctrlClient client() {
        return BctrlClient.builder().apiKey(KEY).baseUrl(baseUrl).build();
    }

    /** {@return the processes of its browsers} */
    public List<ProcessHandle> browsers() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").contains("chrom"))
                .toList();
    }

    /** Ends it with its browsers. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
