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
import java.util.EnumMap;
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
    private final Map<EvidenceKind, List<String>> missing = new EnumMap<>(EvidenceKind.class);

    private Bundle(Path directory, int attempt, Set<EvidenceKind> wanted) {
        this.directory = directory;
        this.attempt = attempt;
        this.wanted = Set.copyOf(wanted);
    }

    /** Makes the directory of the next attempt at a test. */
    static Bundle create(Path run, TestName test, Set<EvidenceKind> wanted) throws IOException {
        AttemptDirectory attempt = AttemptDirectory.create(run, test);
        Files.write(attempt.path().resolve(RESERVE), new byte[RESERVE_BYTES]);
        return new Bundle(attempt.path(), attempt.number(), wanted);
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
                .sorted(Comparator.comparing(Bundle::order).thenComparing(Item::name))
                .toList();
    }

    private static int order(Item item) {
        int ofEvidence = KINDS.indexOf(item.kind());
        return ofEvidence < 0 ? KINDS.size() : ofEvidence;
    }

    boolean wants(EvidenceKind kind) {
        return wanted.contains(kind);
    }

    /** {@return for each wanted kind that is not whole, why} */
    synchronized Map<EvidenceKind, List<String>> missing() {
        Map<EvidenceKind, List<String>> copy = new LinkedHashMap<>();
        missing.forEach((kind, reasons) -> copy.put(kind, List.copyOf(reasons)));
        return copy;
    }

    /** Notes why a kind is not whole; of a kind that nobody wants it is no news. */
    synchronized void missing(EvidenceKind kind, String reason) {
        List<String> reasons = missing.computeIfAbsent(kind, unused -> new ArrayList<>());
        if (wanted.contains(kind) && !reasons.contains(reason)) {
            reasons.add(reason);
        }
        if (reasons.isEmpty()) {
            missing.remove(kind);
        }
    }

    /** Gives each wanted kind without a file or a reason this one. */
    synchronized void explainTheRest(String reason) {
        for (EvidenceKind kind : wanted) {
            if (!missing.containsKey(kind)
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

    /** Gives up the room that was held back; what follows tells of the rest. */
    void releaseReserve() throws IOException {
        Files.deleteIfExists(directory.resolve(RESERVE));
    }

    void writeText(String kind, String name, String mediaType, String text) throws IOException {
        write(kind, name, mediaType, Instant.now(), null, text.getBytes(StandardCharsets.UTF_8));
    }
}
