package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the engine wants to know about the machine; a value, so that tests can make one up. Immutable.
 *
 * @param system the operating system
 * @param variables the environment variables
 * @param home the user's home directory
 * @param temporary the directory for temporary files
 * @param user the user's name
 * @param superuser whether the user is root
 * @param fileSystemRoot what absolute locations such as {@code /usr/bin} are resolved against
 */
record HostEnvironment(
        OperatingSystem system,
        Map<String, String> variables,
        Path home,
        Path temporary,
        String user,
        boolean superuser,
        Path fileSystemRoot) {

    /** The families of systems that differ in where browsers lie and how processes are supervised. */
    enum OperatingSystem {
        LINUX,
        MACOS,
        WINDOWS
    }

    HostEnvironment {
        variables = Map.copyOf(variables);
    }

    static HostEnvironment current() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        OperatingSystem system = name.contains("win") && !name.contains("darwin")
                ? OperatingSystem.WINDOWS
                : name.contains("mac") ? OperatingSystem.MACOS : OperatingSystem.LINUX;
        String user = System.getProperty("user.name", "user");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        return new HostEnvironment(
                system,
                System.getenv(),
                Path.of(System.getProperty("user.home", "")),
                temporary,
                user,
                isSuperuser(user),
                Path.of("/"));
    }

    private static boolean isSuperuser(String user) {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return user.equals("root");
        }
    }

    /** An environment variable; null where it is missing or empty. */
    @Nullable
    String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** An absolute location of the machine. */
    Path at(String absolute) {
        return fileSystemRoot.resolve(absolute.startsWith("/") ? absolute.substring(1) : absolute);
    }

    /** Where a program of this name may lie according to {@code PATH}, in its order. */
    List<Path> onPath(String program) {
        String path = variable("PATH");
        if (path == null) {
            return List.of();
        }
        String separator = system == OperatingSystem.WINDOWS ? ";" : ":";
        return Stream.of(path.split(Pattern.quote(separator), -1))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory).resolve(program))
                .toList();
    }

    /** Whether this is a file that can be started. */
    static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
