package ai.bctrl.model;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of files of a space.
 *
 * <p>Schema {@code StorageFileList}. Immutable.
 *
 * @param files the files
 * @param nextCursor where the next page begins; absent on the last
 * @param extra what was on the wire and has no component here
 */
public record StorageFileList(
        List<StorageFile> files, @Nullable String nextCursor, JsonObject extra) {
    /** Copies the lists. */
    public StorageFileList {
        files = List.copyOf(files);
    }

    /** Everything on the wire has a component. */
    public StorageFileList(List<StorageFile> files, @Nullable String nextCursor) {
        this(files, nextCursor, new JsonObject());
    }
}
