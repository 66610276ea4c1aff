package ai.bctrl.junit.internal.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a failing attempt can be compared with: a passing attempt of the same test in this run, else the newest one in
 * another run beside it. The same test has the same directory in each run.
 */
final class PassingBundle {
    private PassingBundle() {}

    /** {@return the directory of a passing attempt, or null} */
    static @Nullable Path like(Path failing) {
        Path method = failing.toAbsolutePath().normalize().getParent();
        Path type = method == null ? null : method.getParent();
        Path run = type == null ? null : type.getParent();
        Path runs = run == null ? null : run.getParent();
        if (method == null || run == null || runs == null) {
            return null;
        }
        Path here = newest(passing(method));
        if (here != null) {
            return here;
        }
        Path test = run.relativize(method);
        List<Path> elsewhere = new ArrayList<>();
        try {
            for (Path other : RunResults.list(runs, "*")) {
                if (!other.equals(run)) {
                    elsewhere.addAll(passing(other.resolve(test)));
                }
            }
        } catch (IOException e) {
            return null;
        }
        return newest(elsewhere);
    }

    private static List<Path> passing(Path method) {
        if (!Files.isDirectory(method, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            return RunResults.list(method, "attempt-*").stream()
                    .filter(attempt -> Files.isRegularFile(attempt.resolve(Manifest.PASSED), LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static @Nullable Path newest(List<Path> attempts) {
        return attempts.stream()
                .max(Comparator.comparing(PassingBundle::time).thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private static String time(Path attempt) {
        try {
            JsonObject manifest = Manifest.read(attempt.resolve(Manifest.PASSED));
            return JsonFields.text(manifest, "time", "");
        } catch (IOException e) {
            return "";
        }
    }
}
