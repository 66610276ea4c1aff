package ai.bctrl.local.internal.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The directories of named profiles; each serves one runtime at a time. Thread-safe. */
public final class Profiles {

    private final Path root;
    private final Map<String, String> holders = new ConcurrentHashMap<>();

    /**
     * Creates the profiles in a directory.
     *
     * @param root made when it is needed
     */
    public Profiles(Path root) {
        this.root = root;
    }

    /**
     * Takes a profile for a runtime.
     *
     * @return its directory, which exists
     * @throws ApiProblem 409 {@code profile.in_use}
     */
    Path take(String name, String runtimeId) {
        // Some file systems do not tell cases apart.
        String holder = holders.putIfAbsent(name.toLowerCase(Locale.ROOT), runtimeId);
        if (holder != null) {
            throw new ApiProblem(
                    409,
                    "profile.in_use",
                    "Runtime " + holder + " uses the profile " + name + "; stop it or name another profile.",
                    Map.of("profile", name, "runtimeId", holder));
        }
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException failed) {
            release(name, runtimeId);
            throw new UncheckedIOException("cannot make a directory for the profile " + name, failed);
        }
    }

    /** Gives a profile back. */
    void release(String name, String runtimeId) {
        holders.remove(name.toLowerCase(Locale.ROOT), runtimeId);
    }
}
