package ai.bctrl.playwright;

import org.jspecify.annotations.Nullable;

/** Runs steps of which each shall run even if another fails; the first failure carries the others. Not thread-safe. */
final class Failures {
    private @Nullable Throwable first;

    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error failure) {
            add(failure);
        }
    }

    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    void rethrow() {
        if (first instanceof Error error) {
            throw error;
        } else if (first instanceof RuntimeException runtime) {
            throw runtime;
        }
    }
}
