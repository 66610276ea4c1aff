package ai.bctrl.junit.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a run: one for all JVMs that one start of the tests takes, another one for each start. It exists, with
 * its marker {@code run.json}, as soon as somebody has joined; so a run joins when its first browser opens, and one
 * without browsers leaves nothing. Thread-safe.
 */
public final class RunDirectory implements AutoCloseable {
    /** How many earlier runs are kept unless a setting says otherwise. */
    public static final int KEEP_RUNS = 20;

    /** How long an earlier run is kept unless a setting says otherwise. */
    public static final Duration KEEP_FOR = Duration.ofDays(30);

    private static final System.Logger LOG = System.getLogger("ai.bctrl.junit");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final int LONGEST_NAME = 80;
    private static final String LOCK = ".lock";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Surroundings here;
    private final Path path;
    private final String member;
    private final boolean shared;
    private final boolean created;

    private RunDirectory(Surroundings here, Path path, String member, boolean shared, boolean created) {
        this.here = here;
        this.path = path;
        this.member = member;
        this.shared = shared;
        this.created = created;
    }

    /**
     * Joins the run that this JVM belongs to, or begins one. Never fails: where nothing can be written the run is not
     * shared with other JVMs, and whoever writes into it finds out.
     *
     * @param evidence where the runs are
     * @param wantedName the name of the run, also if an earlier one had it; null to find out. Characters that are not
     *     safe in names of files become {@code _}
     */
    public static RunDirectory join(Path evidence, @Nullable String wantedName) {
        return join(evidence, wantedName, Surroundings.ofThisJvm());
    }

    /** {@return a run of its own, of which nothing is on disk} */
    public static RunDirectory apart(Path evidence, @Nullable String wantedName) {
        return apart(evidence.toAbsolutePath().normalize(), wantedName, Surroundings.ofThisJvm());
    }

    static RunDirectory join(Path evidence, @Nullable String wantedName, Surroundings here) {
        Path root = evidence.toAbsolutePath().normalize();
        try {
            return locked(Files.createDirectories(root), () -> joinLocked(root, wantedName, here));
        } catch (IOException | RuntimeException unwritable) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "bctrl: the run is not shared with other JVMs, {0}: {1}",
                    root,
                    unwritable);
            return apart(root, wantedName, here);
        }
    }

    private static RunDirectory apart(Path root, @Nullable String wantedName, Surroundings here) {
        String name = wantedName == null ? newName(here) : safe(wantedName);
        return new RunDirectory(here, root.resolve(name), newId(here), false, false);
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T locked(Path root, Step<T> step) throws IOException {
        return LockFile.holding(root.resolve(LOCK), PATIENCE, file -> step.run());
    }

    private static RunDirectory joinLocked(Path root, @Nullable String wantedName, Surroundings here)
            throws IOException {
        Invocation invocation = Invocation.of(here);
        Path found = wantedName == null ? current(root, invocation, here) : root.resolve(safe(wantedName));
        Path path = found == null ? root.resolve(newName(here)) : found;
        RunMarker marker = RunMarker.read(path);
        boolean isNew = marker == null;
        if (marker == null) {
            Files.createDirectories(path);
            marker = new RunMarker(here.now(), invocation, List.of(), null);
        }
        String id = newId(here);
        marker.plus(new RunMarker.Member(id, here.self())).write(path);
        return new RunDirectory(here, path, id, true, isNew);
    }

    /** {@return the newest run that this JVM belongs to} */
    private static @Nullable Path current(Path root, Invocation invocation, Surroundings here) throws IOException {
        record Candidate(Path directory, Instant created) {}
        return RunPruning.children(root).stream()
                .filter(directory -> !directory.getFileName().toString().startsWith("."))
                .map(directory -> {
                    RunMarker marker = RunMarker.read(directory);
                    return marker != null && marker.takes(invocation, here)
                            ? new Candidate(directory, marker.created())
                            : null;
                })
                .filter(Objects::nonNull)
                .max(Comparator.comparing(Candidate::created))
                .map(Candidate::directory)
                .orElse(null);
    }

    private static String newName(Surroundings here) {
        return STAMP.format(here.now().atZone(ZoneId.systemDefault())) + "-"
                + HexFormat.of().toHexDigits(new SecureRandom().nextLong(), 6);
    }

    private static String newId(Surroundings here) {
        return here.self().pid() + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong(), 8);
    }

    private static String safe(String wanted) {
        String safe = wanted.strip().replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+|\\.+$", "_");
        return safe.isEmpty() ? "_" : safe.substring(0, Math.min(safe.length(), LONGEST_NAME));
    }

    /** {@return the name of the run, which is also that of its directory} */
    public String name() {
        return path.getFileName().toString();
    }

    /** {@return the directory; it exists if this run is {@linkplain #isShared() shared}} */
    public Path path() {
        return path;
    }

    /** {@return a name for this member of the run, which no other member has} */
    public String member() {
        return member;
    }

    /** {@return whether other JVMs of the same start find this run} */
    public boolean isShared() {
        return shared;
    }

    /** {@return whether the run began with this member} */
    public boolean isCreated() {
        return created;
    }

    /**
     * Removes earlier runs, but none that a JVM still writes into and nothing that is not a run. Never fails.
     *
     * @param keepRuns how many earlier runs to keep; 0 for none
     * @param keepFor how long to keep one after it ended
     */
    public void prune(int keepRuns, Duration keepFor) {
        if (!shared) {
            return;
        }
        Path root = root();
        List<Path> doomed;
        try {
            doomed = locked(root, () -> RunPruning.setAside(root, path, keepRuns, keepFor, here));
        } catch (IOException | RuntimeException kept) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: earlier runs were not removed from {0}: {1}", root, kept);
            return;
        }
        // Deleting takes long; nobody has to wait for it.
        for (Path directory : doomed) {
            try {
                RunPruning.delete(directory);
            } catch (IOException | RuntimeException kept) {
                LOG.log(System.Logger.Level.DEBUG, "bctrl: {0} was not removed: {1}", directory, kept);
            }
        }
    }

    /** Leaves the run; what is in the directory stays. Never fails. */
    @Override
    public void close() {
        if (!shared || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            locked(root(), this::leave);
        } catch (IOException | RuntimeException unwritable) {
            LOG.log(System.Logger.Level.DEBUG, "bctrl: could not note that {0} has ended: {1}", path, unwritable);
        }
    }

    private boolean leave() throws IOException {
        RunMarker marker = RunMarker.read(path);
        if (marker != null) {
            marker.without(member, here.now()).write(path);
        }
        return marker != null;
    }

    private Path root() {
        return path.resolveSibling("").normalize();
    }
}
