package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.local.internal.store.RuntimeStore;
import ai.bctrl.local.internal.store.SettingStore;
import ai.bctrl.local.internal.store.SpaceStore;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.DeletedSpace;
import ai.bctrl.model.Space;
import ai.bctrl.model.SpaceList;
import ai.bctrl.model.SpaceMounts;
import ai.bctrl.model.UpdateSpaceRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The spaces. One of them, {@code default}, is there from the start and stays. Thread-safe. */
public final class Spaces {

    private static final String DEFAULT = "default-space";
    private static final int MAX_NAME = 255;

    private final Database database;
    private final SpaceStore store;
    private final RuntimeStore runtimeStore;
    private final RuntimeLookup lookup;
    private final Runtimes runtimes;
    private final StoredFiles files;
    private final InstantSource clock;
    private final String defaultSpaceId;

    /** Creates the spaces of a database, with the default one where it is missing. */
    public Spaces(Database database, Runtimes runtimes, StoredFiles files, InstantSource clock) {
        this.database = database;
        this.store = new SpaceStore(database);
        this.runtimeStore = new RuntimeStore(database);
        this.lookup = new RuntimeLookup(database);
        this.runtimes = runtimes;
        this.files = files;
        this.clock = clock;
        this.defaultSpaceId = database.change(this::findOrCreateDefault);
    }

    private String findOrCreateDefault() {
        SettingStore settings = new SettingStore(database);
        String found = settings.find(DEFAULT);
        if (found != null) {
            return found;
        }
        String id = create(CreateSpaceRequest.named("default")).id();
        settings.insert(DEFAULT, id);
        return id;
    }

    /** UUID of the space to use when none is named. */
    public String defaultSpaceId() {
        return defaultSpaceId;
    }

    /** Lists all spaces, oldest first. */
    public SpaceList list() {
        return new SpaceList(store.list());
    }

    /**
     * {@return the space}
     *
     * @throws ApiProblem 404
     */
    public Space get(String id) {
        return lookup.space(id);
    }

    /**
     * Creates a space.
     *
     * @throws ApiProblem 400
     */
    public Space create(CreateSpaceRequest request) {
        checkName(request.name());
        String region = request.region();
        if (region != null && (region.isEmpty() || region.length() > 120)) {
            throw ApiProblem.invalid("region", "region must have 1 to 120 characters; leave it out for none.");
        }
        database.room().require();
        String now = Timestamps.now(clock);
        Space space = new Space(
                UUID.randomUUID().toString(),
                request.name(),
                region,
                request.mounts() == null ? SpaceMounts.none() : request.mounts(),
                request.metadata(),
                request.subaccountId(),
                now,
                now);
        database.change(() -> store.insert(space));
        return space;
    }

    private static void checkName(@Nullable String name) {
        if (name != null && (name.isBlank() || name.length() > MAX_NAME)) {
            throw ApiProblem.invalid("name", "name must have 1 to " + MAX_NAME + " characters and not be blank.");
        }
    }

    /**
     * Changes name and mounts.
     *
     * @throws ApiProblem 404, 400
     */
    public Space update(String id, UpdateSpaceRequest request) {
        checkName(request.name());
        return database.change(() -> {
            Space space = lookup.space(id);
            store.update(new Space(
                    id,
                    request.name() == null ? space.name() : request.name(),
                    space.region(),
                    request.mounts() == null ? space.mounts() : request.mounts(),
                    space.metadata(),
                    space.subaccountId(),
                    space.createdAt(),
                    Timestamps.now(clock)));
            return lookup.space(id);
        });
    }

    /**
     * Stops the runtimes of a space and removes it with all its records.
     *
     * @return once nothing of its browsers is left
     * @throws ApiProblem 404; 409 {@code space.default_stays}
     */
    public CompletionStage<DeletedSpace> delete(String id) {
        lookup.space(id);
        if (id.equals(defaultSpaceId)) {
            throw new ApiProblem(
                    409, "space.default_stays", "The default space cannot be deleted.", Map.of("spaceId", id));
        }
        CompletableFuture<Void> stopped = runtimes.stopAll(id);
        boolean removed = database.change(() -> {
            // One may have been launched in between.
            if (runtimeStore.list(id).stream().anyMatch(StoredRuntime::isActive)) {
                return false;
            }
            List<String> runs = new RunStore(database).ids(id);
            store.delete(id);
            database.afterCommit(() -> runtimes.deleted(runs));
            return true;
        });
        return removed
                ? stopped.thenApply(done -> {
                    files.removeAll(id);
                    return new DeletedSpace(id, true);
                })
                : stopped.thenCompose(done -> delete(id));
    }
}
