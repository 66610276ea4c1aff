package ai.bctrl.local.internal.service;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What shall be known of a file that is stored. Immutable.
 *
 * @param name its name; null for the last part of the path
 * @param path its place in the storage of its space; null for its name
 * @param contentType media type; null for plain bytes
 * @param metadata data of the caller
 */
public record NewFile(
        @Nullable String name,
        @Nullable String path,
        @Nullable String contentType,
        @Nullable JsonObject metadata) {}
