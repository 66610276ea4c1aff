package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.plane.ServeJvm;
import ai.bctrl.junit.BctrlSettings;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way to run tests with managed browsers. Immutable.
 *
 * @param name for people
 * @param isServed whether the control plane is a {@code serve} JVM, rather than in the JVM of the tests
 * @param settings settings of bctrl, by their keys
 */
record Ours(String name, boolean isServed, Map<String, String> settings) {
    static final String PROCESS = "embedded, process";
    static final String PROCESS_POOL = "embedded, process, pool";
    static final String CONTEXT = "embedded, context";
    static final String CONTEXT_POOL = "embedded, context, pool";
    static final String PROCESS_QUIET = "embedded, process, no evidence";
    static final String CONTEXT_POOL_QUIET = "embedded, context, pool, no evidence";
    static final String SERVE_PROCESS = "serve, process";
    static final String SERVE_PROCESS_POOL = "serve, process, pool";
    static final String SERVE_CONTEXT_POOL = "serve, context, pool";

    Ours {
        settings = Map.copyOf(settings);
    }

    /** {@return all ways, the plainest first} */
    static List<Ours> all() {
        return List.of(
                of(PROCESS),
                of(PROCESS_POOL),
                of(CONTEXT),
                of(CONTEXT_POOL),
                of(PROCESS_QUIET),
                of(CONTEXT_POOL_QUIET),
                of(SERVE_PROCESS),
                of(SERVE_PROCESS_POOL),
                of(SERVE_CONTEXT_POOL));
    }

    private static Ours of(String name) {
        List<String> words = List.of(name.split(", ", -1));
        Map<String, String> settings = new LinkedHashMap<>();
        if (words.contains("context")) {
            settings.put("bctrl.isolation", "context");
        }
        if (isKnown("pool")) {
            settings.put("bctrl.pool", words.contains("pool") ? "auto" : "off");
        } else if (words.contains("pool")) {
            settings.put("bctrl.pool", "auto");
        }
        if (words.contains("no evidence")) {
            settings.put("bctrl.evidence", "OFF");
        }
        return new Ours(name, words.contains("serve"), settings);
    }

    /** {@return why it cannot be measured with this version of bctrl, or null} */
    @Nullable
    String lacks() {
        for (String key : settings.keySet()) {
            String setting = key.substring("bctrl.".length());
            if (!isKnown(setting)) {
                return "this version has no setting " + key;
            }
        }
        return null;
    }

    private static boolean isKnown(String setting) {
        return isComponent(BctrlSettings.class, setting);
    }

    private static boolean isComponent(Class<?> type, String name) {
        if (!type.isRecord()) {
            return false;
        }
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getName().equals(name) || isNested(component, name));
    }

    private static boolean isNested(RecordComponent component, String name) {
        return component.getType().getName().startsWith(BctrlSettings.class.getName())
                && isComponent(component.getType(), name);
    }

    /**
     * {@return all properties of its JVM}
     *
     * @param serve the control plane of the variants that are served
     */
    Map<String, String> properties(ServeJvm serve, Path evidence, Path chromium) {
        Map<String, String> properties = new LinkedHashMap<>(settings);
        properties.put("bctrl.evidenceDirectory", evidence.toString());
        if (isServed) {
            properties.put("bctrl.baseUrl", serve.baseUrl());
            properties.put("bctrl.apiKey", serve.apiKey());
        } else {
            properties.put("bctrl.local.chromium", chromium.toString());
        }
        return properties;
    }
}
