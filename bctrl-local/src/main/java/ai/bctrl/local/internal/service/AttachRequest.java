package ai.bctrl.local.internal.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a controller presented when it asked for a browser. Immutable.
 *
 * @param connectionId the connection named by the path
 * @param query the decoded query parameters, which carry the signature; the first value where one is repeated
 * @param userAgent the {@code User-Agent} header; null where none was sent
 */
public record AttachRequest(
        String connectionId,
        Map<String, String> query,
        @Nullable String userAgent) {

    public AttachRequest {
        query = Map.copyOf(query);
    }

    /** Leaves the query's values out: they are a secret. */
    @Override
    public String toString() {
        return "AttachRequest[connectionId=" + connectionId + ", query=" + query.keySet() + ", userAgent=" + userAgent
                + "]";
    }
}
