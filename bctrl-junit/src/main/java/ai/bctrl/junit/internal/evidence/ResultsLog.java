package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.FailureOrigin;
import ai.bctrl.junit.internal.report.RunReport;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.Uninterrupted;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of all tests of this JVM that used a browser, one line of JSON each, from which the report of the run is made.
 * Thread-safe.
 */
public final class ResultsLog {
    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");

    private final Path run;
    private final Path file;
    private boolean refused;

    /** Creates the log of this JVM in the directory of the run; nothing is written yet. */
    public ResultsLog(Path run) {
        this.run = run;
        ProcessHandle self = ProcessHandle.current();
        long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        this.file = run.resolve("results-" + self.pid() + "-" + start + ".jsonl");
    }

    /**
     * A finished attempt. Immutable.
     *
     * @param test what ran
     * @param outcome {@code passed}, {@code failed} or {@code aborted}
     * @param start when it began
     * @param took how long it took, until its browser was given back
     * @param phases how long its steps took
     * @param runId the run of its browser, or null
     * @param failure what it failed of, on one line and without secrets, or null
     * @param origin what is at fault, or null if it did not fail
     * @param collected what was kept of it, or null
     */
    public record Result(
            TestName test,
            String outcome,
            Instant start,
            Duration took,
            PhaseTimes phases,
            @Nullable String runId,
            @Nullable String failure,
            @Nullable FailureOrigin origin,
            @Nullable Collected collected) {}

    /** Adds a line, on an interrupted thread as well. A file that cannot be written is logged once, and never fails a test. */
    public void add(Result result) {
        byte[] line = (json(result) + "\n").getBytes(StandardCharsets.UTF_8);
        // An interrupted thread cannot write to a channel.
        Uninterrupted.run(() -> write(line));
    }

    private synchronized void write(byte[] line) {
        try {
            Files.createDirectories(run);
            // One write, so that a JVM that is killed leaves whole lines.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                append(channel, ByteBuffer.wrap(line));
            }
        } catch (IOException failure) {
            if (!refused) {
                refused = true;
                LOG.log(System.Logger.Level.WARNING, "bctrl: {0} cannot be written: {1}", file, failure);
            }
        }
    }

    /** A line that a full disk cut would spoil the one that follows. */
    private static void append(FileChannel channel, ByteBuffer line) throws IOException {
        long before = channel.size();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException full) {
            channel.truncate(before);
            throw full;
        }
    }

    /** Makes the report of the run anew, with the results of all its JVMs; does nothing if this one has none. */
    public void report() {
        if (!hasLines()) {
            return;
        }
        try {
            Path page = RunReport.write(run);
            LOG.log(System.Logger.Level.DEBUG, "bctrl: report of the run: {0}", page);
        } catch (IOException | RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "bctrl: no report of the run {0}: {1}", run, failure);
        }
    }

    private boolean hasLines() {
        try {
            return Files.size(file) > 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private JsonObject json(Result result) {
        JsonObject json = new JsonObject();
        json.add("test", Manifest.test(result.test()));
        Collected collected = result.collected();
        json.addProperty("attempt", collected == null ? 1 : collected.bundle().attempt());
        json.addProperty("outcome", result.outcome());
        json.addProperty("start", result.start().toString());
        json.addProperty("durationMs", result.took().toMillis());
        json.add("phases", Manifest.phases(result.phases()));
        add(json, "failure", result.failure());
        add(json, "runId", result.runId());
        add(json, "origin", result.origin() == null ? null : result.origin().label());
        if (collected != null) {
            add(json, "pageUrl", collected.pageUrl());
            add(json, "lastAction", collected.lastAction());
            add(
                    json,
                    "bundle",
                    run.relativize(collected.bundle().directory()).toString().replace('\\', '/'));
        }
        return json;
    }

    private static void add(JsonObject json, String name, @Nullable String value) {
        if (value != null) {
            json.addProperty(name, value);
        }
    }
}
