package ai.bctrl.failures;

import org.jspecify.annotations.Nullable;

/**
 * What is expected of a test.
 *
 * @param className its class
 * @param method its method, or null for the class as a whole
 * @param expect the expectation
 */
record Expected(String className, @Nullable String method, Expect expect) {
    @Override
    public String toString() {
        return className.substring(className.lastIndexOf('.') + 1) + (method == null ? "" : "." + method);
    }
}
