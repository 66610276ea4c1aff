package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.StoreException;
import ai.bctrl.local.internal.store.StoreFaults;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers are told of failures of the database and its disk. */
public final class StorageProblems {

    private StorageProblems() {}

    /** {@return 507 {@code storage.full} or 503 {@code storage.unavailable}; null for a failure of something else} */
    public static @Nullable ApiProblem of(Throwable failure) {
        StoreException.Problem problem = StoreFaults.problem(failure);
        if (problem == null) {
            return null;
        }
        return problem == StoreException.Problem.FULL
                ? full()
                : new ApiProblem(
                        503,
                        "storage.unavailable",
                        "The database of the control plane cannot be used at the moment; try again. Its log says why.",
                        Map.of());
    }

    /** There is no room for anything new. */
    static ApiProblem full() {
        return new ApiProblem(
                507,
                "storage.full",
                "The disk of the control plane's data directory is full; make room or delete files.",
                Map.of());
    }
}
