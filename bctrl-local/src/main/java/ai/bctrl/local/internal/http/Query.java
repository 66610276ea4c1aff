package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import ai.bctrl.model.WireName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of a request. Immutable. */
final class Query {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Query() {}

    static Query parse(@Nullable String raw) {
        Query query = new Query();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = Percent.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : Percent.decodeQuery(pair.substring(equals + 1));
                query.values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    /** The only value, or null where there is none. */
    @Nullable
    String text(String name) {
        List<String> found = values.getOrDefault(name, List.of());
        if (found.size() > 1) {
            throw ApiProblem.invalid(name, name + " must be given once, not " + found.size() + " times.");
        }
        return found.isEmpty() || found.get(0).isEmpty() ? null : found.get(0);
    }

    /** All values; those with commas are several. */
    List<String> list(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    @Nullable
    String uuid(String name) {
        String value = text(name);
        if (value != null && !UUID.matcher(value).matches()) {
            throw ApiProblem.invalid(name, name + " must be a UUID.");
        }
        return value;
    }

    int limit() {
        String value = text("limit");
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        int limit = DIGITS.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiProblem.invalid("limit", "limit must be an integer from 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }

    /** One of the values of a wire enum, or null where there is none. */
    <E extends Enum<E> & WireName> @Nullable E constant(String name, Class<E> type) {
        String value = text(name);
        return value == null ? null : constant(name, value, type);
    }

    /** Several of the values of a wire enum. */
    <E extends Enum<E> & WireName> List<E> constants(String name, Class<E> type) {
        return list(name).stream().map(value -> constant(name, value, type)).toList();
    }

    private static <E extends Enum<E> & WireName> E constant(String name, String value, Class<E> type) {
        List<E> known = Arrays.stream(type.getEnumConstants())
                .filter(constant -> !constant.name().equals("UNKNOWN"))
                .toList();
        for (E constant : known) {
            if (constant.wireName().equals(value)) {
                return constant;
            }
        }
        throw ApiProblem.invalid(
                name,
                name + " must be one of "
                        + known.stream().map(WireName::wireName).collect(Collectors.joining(", ")) + ".");
    }
}
