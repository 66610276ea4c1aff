package ai.bctrl.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * A main class in a JVM of its own, with the class path of this one. What it writes is kept; closing ends it, first
 * gently, so that it can put away its browsers.
 */
public final class SampleProcess implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(30);

    private final Process process;
    private final Thread reader;
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();

    private SampleProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "bctrl-sample-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a class; what goes to standard error is read too. */
    public static SampleProcess start(String mainClass, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new SampleProcess(builder.start());
    }

    /** Waits for a line; fails with all that was written if the deadline passes or the process ends before. */
    public String awaitLine(Predicate<String> wanted, Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end) {
            String line = unread.poll(100, MILLISECONDS);
            if (line != null && wanted.test(line)) {
                return line;
            }
            if (line == null && !reader.isAlive() && unread.isEmpty()) {
                break;
            }
        }
        throw new AssertionError("the awaited line did not come; written was:\n" + output());
    }

    /** Waits for the end and returns the exit status; fails with all that was written if the deadline passes. */
    public int awaitExit(Duration deadline) throws InterruptedException {
        if (!process.waitFor(deadline.toMillis(), MILLISECONDS)) {
            throw new AssertionError("it did not end within " + deadline + "; written was:\n" + output());
        }
        reader.join(END.toMillis());
        return process.exitValue();
    }

    /** All that was written so far. */
    public String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    @Override
    public void close() {
        process.destroy();
        boolean ended = false;
        try {
            ended = process.waitFor(END.toMillis(), MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            String line = output.readLine();
            while (line != null) {
                synchronized (lines) {
                    lines.add(line);
                }
                unread.add(line);
                line = output.readLine();
            }
        } catch (IOException e) {
            unread.add("reading failed: " + e);
        }
    }
}
