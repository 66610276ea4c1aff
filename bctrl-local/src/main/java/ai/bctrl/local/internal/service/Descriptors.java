package ai.bctrl.local.internal.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many file descriptors this process may still open, read from {@code /proc}; elsewhere nothing is known. A browser must not
 * take the last ones: without them no connection is accepted and no class is loaded. Thread-safe.
 */
final class Descriptors {

    /** What a browser, its supervisor and its controller take, and what is needed to speak of it. */
    private static final long LEAST = 24;

    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d+) ");

    private final Path process;

    /** Those of this process. */
    Descriptors() {
        this(Path.of("/proc/self"));
    }

    Descriptors(Path process) {
        this.process = process;
    }

    /** {@return how many are open, as the end of a sentence, where there are too few for one more browser; else null} */
    @Nullable
    String few() {
        Path open = process.resolve("fd");
        if (!Files.isDirectory(open)) {
            return null;
        }
        try (Stream<Path> all = Files.list(open)) {
            Matcher limit = LIMIT.matcher(Files.readString(process.resolve("limits"), StandardCharsets.UTF_8));
            long used = all.count();
            return limit.find() && Long.parseLong(limit.group(1)) - used < LEAST
                    ? "has " + used + " of its " + limit.group(1) + " file descriptors open"
                    : null;
        } catch (IOException none) {
            String said = String.valueOf(none.getMessage());
            return said.contains("Too many open files") ? "has all its file descriptors open" : null;
        }
    }
}
