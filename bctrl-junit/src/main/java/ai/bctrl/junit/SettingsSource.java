package ai.bctrl.junit;

import ai.bctrl.error.BctrlConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where values of settings come from: system properties, then environment, then JUnit's configuration parameters.
 *
 * @param properties the system properties
 * @param environment the environment
 * @param parameters reads a configuration parameter
 * @param parameterNames the configuration parameters that are known to exist; only needed for {@link #all(String)}
 */
record SettingsSource(
        Map<String, String> properties,
        Map<String, String> environment,
        Function<String, @Nullable String> parameters,
        Set<String> parameterNames) {
    private static final int LONGEST_SECONDS = 3600;
    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,2})\\s*([smh])");

    static SettingsSource of(Function<String, @Nullable String> parameters, Collection<String> parameterNames) {
        Properties system = System.getProperties();
        Map<String, String> properties = new HashMap<>();
        for (String name : system.stringPropertyNames()) {
            properties.put(name, String.valueOf(system.getProperty(name)));
        }
        return new SettingsSource(properties, System.getenv(), parameters, Set.copyOf(parameterNames));
    }

    /** {@return the environment variable of a key, for example {@code BCTRL_BASE_URL} of {@code bctrl.baseUrl}} */
    static String variable(String key) {
        return key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
    }

    @Nullable
    String text(String key, String... otherVariables) {
        String value = properties.get(key);
        if (isBlank(value)) {
            value = environment.get(variable(key));
        }
        for (String other : otherVariables) {
            value = isBlank(value) ? environment.get(other) : value;
        }
        if (isBlank(value)) {
            value = parameters.apply(key);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value.replace('-', '_'))) {
                return constant;
            }
        }
        throw wrong(key, value, allowed(type));
    }

    private static <E extends Enum<E>> String allowed(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        E value = choice(key, type);
        return value == null ? otherwise : value;
    }

    boolean flag(String key, String yes, String no, boolean otherwise) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        } else if (value.equalsIgnoreCase(yes)) {
            return true;
        } else if (value.equalsIgnoreCase(no)) {
            return false;
        }
        throw wrong(key, value, yes + " or " + no);
    }

    Duration seconds(String key, int otherwise) {
        return Duration.ofSeconds(number(key, "a whole number of seconds", otherwise, 1, LONGEST_SECONDS));
    }

    /** {@return a duration such as {@code 90s}, {@code 10m} or {@code 1h}, or null if there is none} */
    @Nullable
    Duration duration(String key) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(value.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong(key, value, "a duration such as 90s, 10m or 1h, up to 999h");
        }
        int number = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    int number(String key, int otherwise, int least, int most) {
        return number(key, "a whole number", otherwise, least, most);
    }

    int number(String key, String what, int otherwise, int least, int most) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with what is allowed.
        }
        throw wrong(key, value, what + " from " + least + " to " + most);
    }

    /** {@return the parts between commas} */
    List<String> list(String key) {
        String value = text(key);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    @Nullable
    Pattern pattern(String key) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException malformed) {
            throw wrong(key, value, "a regular expression: " + malformed.getDescription());
        }
    }

    Path path(String key, Supplier<Path> otherwise) {
        Path value = file(key);
        return value == null ? otherwise.get() : value;
    }

    @Nullable
    Path file(String key) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException malformed) {
            throw wrong(key, value, "a path");
        }
    }

    /**
     * {@return the values of all keys that begin so, by the rest of the key; the rest of {@code BCTRL_LOCAL_NO_SANDBOX} is
     * {@code no-sandbox}}
     */
    Map<String, String> all(String prefix) {
        Map<String, String> values = new HashMap<>();
        for (String name : parameterNames) {
            String value = name.startsWith(prefix) ? parameters.apply(name) : null;
            if (value != null) {
                values.put(name.substring(prefix.length()), value.strip());
            }
        }
        String variablePrefix = variable(prefix);
        environment.forEach((name, value) -> {
            if (name.startsWith(variablePrefix) && name.length() > variablePrefix.length() && !value.isBlank()) {
                values.put(
                        name.substring(variablePrefix.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        value.strip());
            }
        });
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix) && name.length() > prefix.length() && !value.isBlank()) {
                values.put(name.substring(prefix.length()), value.strip());
            }
        });
        return values;
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private static BctrlConfigurationException wrong(String key, String value, String allowed) {
        return new BctrlConfigurationException(
                key + " (environment " + variable(key) + ") is '" + value + "'; it must be " + allowed);
    }
}
