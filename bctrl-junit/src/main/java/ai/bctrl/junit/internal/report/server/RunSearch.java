package ai.bctrl.junit.internal.report.server;

import ai.bctrl.junit.internal.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the run that somebody means. */
public final class RunSearch {
    /** Where runs lie below a project that is built with Maven or Gradle, or that of this project's samples. */
    public static final List<String> PLACES = List.of("target/bctrl", "samples/target/bctrl", "build/bctrl");

    private RunSearch() {}

    /** {@return the newest run below a project's directory, or null} */
    public static @Nullable Path newest(Path project) {
        List<Path> runs = new ArrayList<>();
        for (String place : PLACES) {
            runs.addAll(runsIn(project.resolve(place)));
        }
        return newest(runs);
    }

    /** {@return the run that a directory is, that is the newest in it, or that it is a part of; or null} */
    public static @Nullable Path at(Path directory) {
        Path place = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(place)) {
            return null;
        }
        if (RunReport.isRun(place)) {
            return place;
        }
        Path inside = newest(runsIn(place));
        if (inside != null) {
            return inside;
        }
        // An attempt, or the directory of a test or of a class.
        Path above = place.getParent();
        for (int levels = 0; levels < 3 && above != null; levels++) {
            if (RunReport.isRun(above)) {
                return above;
            }
            above = above.getParent();
        }
        return null;
    }

    private static List<Path> runsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(RunReport::isRun).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static @Nullable Path newest(List<Path> runs) {
        return runs.stream().max(Comparator.comparing(RunSearch::time)).orElse(null);
    }

    /** When something was last put into a run: its report changes its directory. */
    private static long time(Path run) {
        try {
            return Files.getLastModifiedTime(run).toMillis();
        } catch (IOException e) {
            return Long.MIN_VALUE;
        }
    }
}
