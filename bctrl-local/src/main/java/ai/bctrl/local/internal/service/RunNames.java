package ai.bctrl.local.internal.service;

import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.Run;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** What runs are called among people: by their test, where they are for one. */
public final class RunNames {

    private RunNames() {}

    /**
     * {@return the class and the name of the run's last test, or else the runtime's name}
     *
     * @param runtime null where it is not known
     */
    public static String of(Run run, @Nullable BrowserRuntime runtime) {
        String method = test(run, "displayName");
        String type = test(run, "class");
        if (method == null) {
            method = test(run, "method");
        }
        if (method != null || type != null) {
            String simple = type == null ? "" : type.substring(type.lastIndexOf('.') + 1);
            if (method != null && method.startsWith(simple.replace('$', '.') + ".")) {
                return method;
            }
            return simple + (simple.isEmpty() || method == null ? "" : " › ") + (method == null ? "" : method);
        }
        return runtime == null ? "Run " + run.id().substring(0, 8) : runtime.name();
    }

    /** {@return how its tests went, or null if that is not known} */
    public static @Nullable String outcome(Run run) {
        return test(run, "outcome");
    }

    private static @Nullable String test(Run run, String name) {
        return run.extra().get("test") instanceof JsonObject test && test.get(name) instanceof JsonPrimitive value
                ? value.getAsString()
                : null;
    }
}
