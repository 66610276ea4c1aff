package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RetentionStore;
import ai.bctrl.local.internal.store.RetentionStore.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes runs that have ended, with their events, artifacts and recordings, as the rules say; the oldest first, few at a time,
 * never one that is in use. Thread-safe.
 */
public final class Retention implements RunWatcher {

    private static final System.Logger LOGGER = System.getLogger(Retention.class.getName());

    private static final int RUNS_AT_ONCE = 20;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(5);

    private final Database database;
    private final RetentionStore store;
    private final StoredFiles files;
    private final Path recordings;
    private final Rules rules;
    private final Predicate<String> inUse;
    private final Consumer<String> deleted;
    private final InstantSource clock;
    private final Workers workers;
    private final AtomicBoolean due = new AtomicBoolean();
    private final LongAdder removedRuns = new LongAdder();
    private final LongAdder removedBytes = new LongAdder();

    /**
     * What is kept. A run goes when one of them says so. Immutable.
     *
     * @param age how long after its end; null for any time
     * @param runs how many that have ended; null for any number
     * @param bytes of artifacts and recordings, in all; null for any
     */
    public record Rules(
            @Nullable Duration age,
            @Nullable Integer runs,
            @Nullable Long bytes) {
        boolean keepAll() {
            return age == null && runs == null && bytes == null;
        }
    }

    /**
     * Creates the retention of a data directory.
     *
     * @param recordings where the recordings of runs lie
     * @param inUse whether somebody looks at a run, or something is made of it
     * @param deleted is told of each run that was removed
     */
    public Retention(
            Database database,
            StoredFiles files,
            Path recordings,
            Rules rules,
            Predicate<String> inUse,
            Consumer<String> deleted,
            InstantSource clock,
            Workers workers) {
        this.database = database;
        this.store = new RetentionStore(database);
        this.files = files;
        this.recordings = recordings;
        this.rules = rules;
        this.inUse = inUse;
        this.deleted = deleted;
        this.clock = clock;
        this.workers = workers;
    }

    /** Begins to remove what the rules say, also what an earlier process did not come to remove. */
    public void start() {
        later(Duration.ZERO);
    }

    /** {@return how many runs were removed} */
    public long removedRuns() {
        return removedRuns.sum();
    }

    /** {@return how many bytes of artifacts and recordings were removed} */
    public long removedBytes() {
        return removedBytes.sum();
    }

    @Override
    public void started(LiveBrowser browser) {}

    @Override
    public void ending(LiveBrowser browser) {}

    @Override
    public void ended(LiveBrowser browser) {
        if (!rules.keepAll()) {
            later(SOON);
        }
    }

    private void later(Duration delay) {
        if (!due.compareAndSet(false, true)) {
            return;
        }
        try {
            var unused = workers.clock()
                    .schedule(() -> workers.files().execute(this::pass), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The next process goes on.
        }
    }

    private void pass() {
        due.set(false);
        boolean more = true;
        try {
            more = finish() && remove();
        } catch (RuntimeException failed) {
            LOGGER.log(System.Logger.Level.WARNING, "old runs cannot be removed now", failed);
            more = false;
        }
        if (more) {
            later(SOON);
        } else if (!rules.keepAll()) {
            try {
                var unused =
                        workers.clock().schedule(() -> later(Duration.ZERO), LATER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                // The next process goes on.
            }
        }
    }

    /** Removes what is left of removed runs; others may write in between. */
    private boolean finish() {
        for (String left = store.left(); left != null; left = store.left()) {
            String run = left;
            while (!database.<Boolean>change(() -> store.removeSome(run))) {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    /** Tells whether there is more to remove. */
    private boolean remove() {
        if (rules.keepAll()) {
            return false;
        }
        Map<String, Long> artifacts = store.artifactBytes();
        List<Ended> tooMany = tooMany(artifacts);
        int runs = 0;
        long bytes = 0;
        for (int i = tooMany.size() - 1; i >= 0 && runs < RUNS_AT_ONCE; i--) {
            Ended run = tooMany.get(i);
            long size = bytes(run, artifacts);
            if (!isInUse(run.id()) && remove(run)) {
                runs++;
                bytes += size;
            }
        }
        if (runs > 0) {
            removedRuns.add(runs);
            removedBytes.add(bytes);
            LOGGER.log(
                    System.Logger.Level.DEBUG,
                    "removed {0} runs that had ended, with {1} bytes of artifacts and recordings",
                    runs,
                    bytes);
        }
        return runs == RUNS_AT_ONCE || (runs > 0 && store.left() != null);
    }

    private boolean isInUse(String runId) {
        return inUse.test(runId) || store.isAtWork(runId);
    }

    /** Newest first. */
    private List<Ended> tooMany(Map<String, Long> artifacts) {
        String oldest =
                rules.age() == null ? "" : Timestamps.format(clock.instant().minus(rules.age()));
        List<Ended> found = new ArrayList<>();
        int runs = 0;
        long bytes = 0;
        for (Ended run : store.ended()) {
            runs++;
            bytes += rules.bytes() == null ? 0 : bytes(run, artifacts);
            if (run.endedAt().compareTo(oldest) < 0
                    || (rules.runs() != null && runs > rules.runs())
                    || (rules.bytes() != null && bytes > rules.bytes())) {
                found.add(run);
            }
        }
        return found;
    }

    private long bytes(Ended run, Map<String, Long> artifacts) {
        long bytes = artifacts.getOrDefault(run.id(), 0L);
        try (DirectoryStream<Path> recorded = Files.newDirectoryStream(recordings.resolve(run.id()))) {
            for (Path file : recorded) {
                bytes += Files.size(file);
            }
        } catch (IOException | UncheckedIOException none) {
            // Nothing was recorded, or it is gone already.
        }
        return bytes;
    }

    private boolean remove(Ended run) {
        List<String> contents = database.<List<String>>change(() -> isInUse(run.id()) ? List.of() : store.remove(run));
        files.removeContents(run.spaceId(), contents);
        boolean gone = store.left() != null;
        if (gone) {
            deleted.accept(run.id());
            finish();
        }
        return gone;
    }
}
