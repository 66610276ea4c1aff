package ai.bctrl.local.internal.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API. Immutable.
 *
 * @param id name of the operation in the contract
 * @param method the verb
 * @param template the path, with parameters in braces
 * @param kind what it does to the world
 * @param handler makes the body of the answer; may throw an {@link ai.bctrl.local.internal.service.ApiProblem}
 */
record Route(
        String id,
        String method,
        String template,
        Kind kind,
        Function<Call, ? extends CompletionStage<? extends Object>> handler) {

    /** What an operation does to the world. */
    enum Kind {
        /** Nothing; a key that may only read is enough. */
        READ,
        /** Changes something; a repetition changes nothing more. */
        WRITE,
        /** Makes something, once for each {@code Idempotency-Key}. */
        CREATE
    }

    static Route now(String id, String method, String template, Kind kind, Function<Call, Object> handler) {
        return new Route(id, method, template, kind, call -> CompletableFuture.completedFuture(handler.apply(call)));
    }

    /** The values of the path's parameters, or null where the path is another. */
    @Nullable
    Map<String, String> match(List<String> segments) {
        List<String> wanted = List.of(template.substring(1).split("/", -1));
        if (wanted.size() != segments.size()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String part = wanted.get(i);
            String given = segments.get(i);
            if (part.startsWith("{")) {
                if (given.isEmpty()) {
                    return null;
                }
                values.put(part.substring(1, part.length() - 1), given);
            } else if (!part.equals(given)) {
                return null;
            }
        }
        return values;
    }
}
