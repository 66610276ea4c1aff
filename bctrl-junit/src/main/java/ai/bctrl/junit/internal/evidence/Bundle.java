package ai.bctrl.junit.internal.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files kept of one attempt. A file counts once it is whole, and only until the bundle is sealed: what comes later is
 * deleted. Thread-safe.
 */
public final class Bundle {
    /**
     * A file of the bundle.
     *
     * @param kind what it is
     * @param name its name in the directory
     * @param mediaType its media type
     * @param size its size in bytes
     * @param note what it shows, for example the address of the page, or null
     */
    public record Item(
            Kind kind,
            String name,
            String mediaType,
            long size,
            @Nullable String note) {}

    private final Path directory;
    private final List<Item> items = new ArrayList<>();
    private final Map<Kind, List<String>> missing = new TreeMap<>();
    private boolean sealed;

    Bundle(Path directory) {
        this.directory = directory;
    }

    /** {@return where the files are} */
    public Path directory() {
        return directory;
    }

    /** {@return the files so far} */
    public synchronized List<Item> items() {
        return List.copyOf(items);
    }

    /** {@return for each kind that is not whole, why} */
    synchronized Map<Kind, List<String>> missing() {
        Map<Kind, List<String>> copy = new LinkedHashMap<>();
        missing.forEach((kind, reasons) -> copy.put(kind, List.copyOf(reasons)));
        return copy;
    }

    synchronized void missing(Kind kind, String reason) {
        if (!sealed) {
            missing.computeIfAbsent(kind, unused -> new ArrayList<>()).add(reason);
        }
    }

    /** Where a file is written before it counts. */
    Path draft(String name) {
        return directory.resolve("." + name + ".part");
    }

    void text(Kind kind, String name, String text) throws IOException {
        Files.writeString(draft(name), text, StandardCharsets.UTF_8);
        finish(kind, name, kind.mediaType(), null);
    }

    void copy(Kind kind, String name, String mediaType, @Nullable String note, InputStream content) throws IOException {
        Files.copy(content, draft(name), StandardCopyOption.REPLACE_EXISTING);
        finish(kind, name, mediaType, note);
    }

    /** Makes the draft of that name count. */
    synchronized void finish(Kind kind, String name, String mediaType, @Nullable String note) throws IOException {
        Path draft = draft(name);
        if (sealed) {
            Files.deleteIfExists(draft);
            return;
        }
        Path file = Files.move(draft, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        items.add(new Item(kind, name, mediaType, Files.size(file), note));
    }

    /** Stops accepting what the collection brings; each expected kind without a file or a reason gets this one. */
    synchronized void seal(Set<Kind> expected, String reason) {
        Set<Kind> there = items.stream().map(Item::kind).collect(Collectors.toSet());
        expected.stream()
                .filter(kind -> !there.contains(kind) && !missing.containsKey(kind))
                .forEach(kind -> missing(kind, reason));
        sealed = true;
    }

    /** Adds a file about the bundle itself, after it was sealed. */
    synchronized void addSummary(Kind kind, String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
        items.add(new Item(kind, name, kind.mediaType(), Files.size(file), null));
    }
}
