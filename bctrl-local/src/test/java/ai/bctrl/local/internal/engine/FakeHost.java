package ai.bctrl.local.internal.engine;

import ai.bctrl.local.internal.engine.HostEnvironment.OperatingSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A made-up machine below a directory of the test. Not thread-safe; use from one thread. */
final class FakeHost {
    private final Path root;
    private final OperatingSystem system;
    private final Map<String, String> variables = new HashMap<>();

    FakeHost(Path root, OperatingSystem system) {
        this.root = root;
        this.system = system;
        if (system != OperatingSystem.WINDOWS) {
            with("PATH", root.resolve("usr/local/bin") + ":" + root.resolve("usr/bin"));
        }
    }

    FakeHost with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Creates an executable file. */
    Path program(String location) {
        return file(location, true);
    }

    /** Creates a file that cannot be started. */
    Path file(String location) {
        return file(location, false);
    }

    Path path(String location) {
        return root.resolve(location.startsWith("/") ? location.substring(1) : location);
    }

    private Path file(String location, boolean executable) {
        Path file = path(location);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!file.toFile().setExecutable(executable)) {
            throw new IllegalStateException("cannot change the mode of " + file);
        }
        return file;
    }

    HostEnvironment environment() {
        return new HostEnvironment(system, variables, path("/home/me"), path("/tmp"), "me", false, root);
    }

    ChromiumDiscovery discovery() {
        return new ChromiumDiscovery(null, environment());
    }
}
