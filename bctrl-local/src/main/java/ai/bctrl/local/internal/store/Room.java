package ai.bctrl.local.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much room there is on the disk of a data directory. A part of it is for what must be written whatever happens, such as
 * the ends of runs: what is new is refused before the disk is full. Immutable.
 */
public final class Room {

    private static final long RESERVED = 16L << 20;

    private final @Nullable Path directory;

    /** Measures the disk of a directory; null for one that never ends. */
    Room(@Nullable Path directory) {
        this.directory = directory;
    }

    /** {@return whether there is no room for anything new} */
    public boolean isShort() {
        return isShort(0);
    }

    /** {@return whether there is no room for so many bytes} */
    public boolean isShort(long bytes) {
        if (directory == null) {
            return false;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() - bytes < RESERVED;
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Does nothing where there is room for something new.
     *
     * @throws StoreException {@code FULL}
     */
    public void require() {
        if (isShort()) {
            throw new StoreException(
                    StoreException.Problem.FULL, "the disk of the data directory " + directory + " is full", null);
        }
    }
}
