package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files kept of one attempt. A file counts once it is whole. A little room is held back for the files that tell of the
 * others, so that a disk that fills up still leaves an explanation. Thread-safe.
 */
public final class Bundle {
    private static final int RESERVE_BYTES = 256 * 1024;
    private static final String RESERVE = ".reserve";
    /** Apart from the other one, so that no file can take the room of the manifest. */
    private static final int MANIFEST_RESERVE_BYTES = 128 * 1024;

    private static final String MANIFEST_RESERVE = ".reserve-manifest";
    private static final List<String> KINDS =
            Arrays.stream(EvidenceKind.values()).map(EvidenceKind::label).toList();

    /**
     * A file of the bundle.
     *
     * @param kind what it is: the label of an {@link EvidenceKind}, or {@code failure}, {@code summary}, {@code page}, {@code
     *     manifest}
     * @param name its name in the directory
     * @param mediaType its media type
     * @param sizeBytes its size
     * @param takenAt when it was captured
     * @param note what it shows, for example the address of the page, or null
     */
    public record Item(
            String kind,
            String name,
            String mediaType,
            long sizeBytes,
            Instant takenAt,
            @Nullable String note) {}

    private final Path directory;
    private final int attempt;
    private final Set<EvidenceKind> wanted;
    private final List<Item> items = new ArrayList<>();
    private final Map<String, List<String>> missing = new LinkedHashMap<>();

    private Bundle(Path directory, int attempt, Set<EvidenceKind> wanted) {
        this.directory = directory;
        this.attempt = attempt;
        this.wanted = Set.copyOf(wanted);
    }

    /** Makes the directory of the next attempt at a test. */
    static Bundle create(Path run, TestName test, Set<EvidenceKind> wanted) throws IOException {
        AttemptDirectory attempt = AttemptDirectory.create(run, test);
        Bundle bundle = new Bundle(attempt.path(), attempt.number(), wanted);
        try {
            Files.write(attempt.path().resolve(MANIFEST_RESERVE), new byte[MANIFEST_RESERVE_BYTES]);
            Files.write(attempt.path().resolve(RESERVE), new byte[RESERVE_BYTES]);
        } catch (IOException full) {
            bundle.delete();
            throw full;
        }
        return bundle;
    }

    /** {@return where the files are} */
    public Path directory() {
        return directory;
    }

    /** {@return the number of the attempt, from 1} */
    public int attempt() {
        return attempt;
    }

    /** {@return the files so far, those of one kind together} */
    public synchronized List<Item> items() {
        return items.stream()
                .sorted(Comparator.comparing((Item item) -> order(item.kind())).thenComparing(Item::name))
                .toList();
    }

    private static int order(String kind) {
        int ofEvidence = KINDS.indexOf(kind);
        return ofEvidence < 0 ? KINDS.size() : ofEvidence;
    }

    boolean wants(EvidenceKind kind) {
        return wanted.contains(kind);
    }

    /** {@return for each wanted kind that is not whole, why} */
    synchronized Map<String, List<String>> missing() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        missing.keySet().stream()
                .sorted(Comparator.comparing(Bundle::order))
                .forEach(kind -> copy.put(kind, List.copyOf(missing.getOrDefault(kind, List.of()))));
        return copy;
    }

    /** Notes why a kind is not whole; of a kind that nobody wants it is no news. */
    void missing(EvidenceKind kind, String reason) {
        if (wanted.contains(kind)) {
            missing(kind.label(), reason);
        }
    }

    /** Notes why a file of that kind is not there. */
    synchronized void missing(String kind, String reason) {
        List<String> reasons = missing.computeIfAbsent(kind, unused -> new ArrayList<>());
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    /** Gives each wanted kind without a file or a reason this one. */
    synchronized void explainTheRest(String reason) {
        for (EvidenceKind kind : wanted) {
            if (!missing.containsKey(kind.label())
                    && items.stream().noneMatch(item -> item.kind().equals(kind.label()))) {
                missing(kind, reason);
            }
        }
    }

    /** Where a file is written before it counts. */
    Path draft(String name) {
        return directory.resolve("." + name + ".part");
    }

    void write(String kind, String name, String mediaType, Instant takenAt, @Nullable String note, byte[] content)
            throws IOException {
        Path draft = draft(name);
        try {
            Files.write(draft, content);
        } catch (IOException full) {
            drop(draft);
            throw full;
        }
        finish(kind, name, mediaType, takenAt, note);
    }

    /** Makes the draft of that name count. */
    synchronized void finish(String kind, String name, String mediaType, Instant takenAt, @Nullable String note)
            throws IOException {
        Path file = Files.move(draft(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        items.add(new Item(kind, name, mediaType, Files.size(file), takenAt, note));
    }

    /** Makes a file count that is in the directory already. */
    synchronized void count(String kind, String name, String mediaType) throws IOException {
        items.add(new Item(kind, name, mediaType, Files.size(directory.resolve(name)), Instant.now(), null));
    }

    /** Removes a draft that could not be finished; its room may be needed. */
    void drop(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException stays) {
            // It does not count, as it has not been finished.
        }
    }

    /** Removes all of it, as far as possible. */
    public void delete() {
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(this::drop);
        } catch (IOException stays) {
            return;
        }
        drop(directory);
    }

    /** Gives up the room that was held back for the texts that tell of the rest. */
    void releaseReserve() throws IOException {
        Files.deleteIfExists(directory.resolve(RESERVE));
    }

    /** Gives up the room that was held back for the manifest alone. */
    void releaseManifestReserve() throws IOException {
        Files.deleteIfExists(directory.resolve(MANIFEST_RESERVE));
    }

    /** Writes a file that does not count yet, over the one of that name if there is one: readers see either as a whole. */
    void replace(String name, String text) throws IOException {
        Path draft = draft(name);
        try {
            Files.writeString(draft, text);
            Files.move(draft, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            drop(draft);
            throw full;
        }
    }

    void writeText(String kind, String name, String mediaType, String text) throws IOException {
        write(kind, name, mediaType, Instant.now(), null, text.getBytes(StandardCharsets.UTF_8));
    }
}
