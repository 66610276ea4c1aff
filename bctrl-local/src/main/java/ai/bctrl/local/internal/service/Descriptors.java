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
    private final boolean counted;

    /** Those of this process. */
    Descriptors() {
        this(Path.of("/proc/self"), true);
    }

    /**
     * Those that a directory shows.
     *
     * @param counted whether the size of its directory of open ones is their number, as Linux 6.2 and later have it
     */
    Descriptors(Path process, boolean counted) {
        this.process = process;
        this.counted = counted;
    }

    /** {@return how many are open, as the end of a sentence, where there are too few for one more browser; else null} */
    @Nullable
    String few() {
        Path open = process.resolve("fd");
        if (!Files.isDirectory(open)) {
            return null;
        }
        try {
            Matcher limit = LIMIT.matcher(Files.readString(process.resolve("limits"), StandardCharsets.UTF_8));
            long used = used(open);
            return limit.find() && Long.parseLong(limit.group(1)) - used < LEAST
                    ? "has " + used + " of its " + limit.group(1) + " file descriptors open"
                    : null;
        } catch (IOException none) {
            String said = String.valueOf(none.getMessage());
            return said.contains("Too many open files") ? "has all its file descriptors open" : null;
        }
    }

    /** To list them takes longer the more browsers there are. */
    private long used(Path open) throws IOException {
        long told = counted ? Files.size(open) : 0;
        if (told > 0) {
            return told;
        }
        try (Stream<Path> all = Files.list(open)) {
            return all.count();
        }
    }
}
