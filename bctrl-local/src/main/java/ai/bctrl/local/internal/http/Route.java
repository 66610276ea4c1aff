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
 * @param body how the request's body is taken
 * @param handler makes the body of the answer, or a {@link DirectAnswer}; may throw an {@link
 *     ai.bctrl.local.internal.service.ApiProblem}
 */
record Route(
        String id,
        String method,
        String template,
        Kind kind,
        Body body,
        Function<Call, ? extends CompletionStage<? extends Object>> handler) {

    /** How the body of a request is taken. */
    enum Body {
        /** Read before the handler is called. */
        JSON,
        /** By the handler, which is called on a thread that may wait for it: {@link Call#upload}. */
        STREAM
    }

    Route(
            String id,
            String method,
            String template,
            Kind kind,
            Function<Call, ? extends CompletionStage<? extends Object>> handler) {
        this(id, method, template, kind, Body.JSON, handler);
    }

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

    /** Takes a body of any size; the handler is called on a thread that may wait for it and for the disk. */
    static Route upload(String id, String method, String template, Function<Call, Object> handler) {
        return new Route(
                id,
                method,
                template,
                Kind.WRITE,
                Body.STREAM,
                call -> CompletableFuture.completedFuture(handler.apply(call)));
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
