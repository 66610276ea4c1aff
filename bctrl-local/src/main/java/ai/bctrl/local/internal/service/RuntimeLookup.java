package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RuntimeStore;
import ai.bctrl.local.internal.store.SpaceStore;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.Space;

/** Finds what paths name. Thread-safe. */
final class RuntimeLookup {

    private final SpaceStore spaces;
    private final RuntimeStore runtimes;

    RuntimeLookup(Database database) {
        this.spaces = new SpaceStore(database);
        this.runtimes = new RuntimeStore(database);
    }

    /** The space, or 404 {@code space.not_found}. */
    Space space(String id) {
        Space space = spaces.find(id);
        if (space == null) {
            throw ApiProblem.notFound("space", id);
        }
        return space;
    }

    /** The runtime of this space, or 404 {@code space.not_found}, {@code runtime.not_found}. */
    StoredRuntime runtime(String spaceId, String id) {
        StoredRuntime runtime = runtimes.find(id);
        if (runtime == null || !runtime.spaceId().equals(spaceId)) {
            // A runtime goes with its space, so only now it matters whether there is such a space.
            Space unused = space(spaceId);
            throw ApiProblem.notFound("runtime", id);
        }
        return runtime;
    }
}
