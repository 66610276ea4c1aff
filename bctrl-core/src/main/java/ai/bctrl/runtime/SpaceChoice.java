package ai.bctrl.runtime;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.error.PermissionException;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.Space;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Finds out which space to work in, at most once. Thread-safe. */
final class SpaceChoice {
    private static final String NAME = "bctrl-java";

    private final @Nullable BctrlClient client;
    private final AtomicReference<@Nullable String> chosen;

    private SpaceChoice(@Nullable BctrlClient client, @Nullable String spaceId) {
        this.client = client;
        this.chosen = new AtomicReference<>(spaceId);
    }

    static SpaceChoice fixed(String spaceId) {
        return new SpaceChoice(null, spaceId);
    }

    static SpaceChoice byDefault(BctrlClient client) {
        return new SpaceChoice(client, null);
    }

    String id(RequestOptions options) {
        String known = chosen.get();
        if (known != null || client == null) {
            return java.util.Objects.requireNonNull(known);
        }
        // Locked, because two threads that find no space would each create one.
        synchronized (chosen) {
            known = chosen.get();
            if (known == null) {
                known = find(client, options);
                chosen.set(known);
            }
            return known;
        }
    }

    private static String find(BctrlClient client, RequestOptions options) {
        String ofKey = defaultOfKey(client, options);
        if (ofKey != null) {
            return ofKey;
        }
        for (Space space : client.spaces().list(options)) {
            if (space.name().equals(NAME)) {
                return space.id();
            }
        }
        return client.spaces().create(CreateSpaceRequest.named(NAME), options).id();
    }

    // The route belongs to the newer generation of the API, so a service may not have it.
    private static @Nullable String defaultOfKey(BctrlClient client, RequestOptions options) {
        try {
            return client.auth().whoami(options).defaultSpaceId();
        } catch (NotFoundException | PermissionException absent) {
            return null;
        }
    }
}
