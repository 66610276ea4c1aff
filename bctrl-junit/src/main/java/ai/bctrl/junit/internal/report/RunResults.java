package ai.bctrl.junit.internal.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All attempts of a run: those of its result lines, and those that left a bundle but no line because their JVM was killed.
 *
 * @param attempts in the order of the files
 * @param problems what could not be read, for people
 */
record RunResults(List<Attempt> attempts, List<String> problems) {
    private static final int MOST_PROBLEMS = 20;

    static RunResults read(Path run) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : list(run, "results-*.jsonl")) {
            lines(run, file, attempts, problems);
        }
        Set<Path> known = new HashSet<>();
        attempts.forEach(attempt -> {
            if (attempt.bundle() != null) {
                known.add(attempt.bundle());
            }
        });
        for (Path bundle : bundles(run)) {
            if (!known.contains(bundle)) {
                bundle(run, bundle, attempts, problems);
            }
        }
        return new RunResults(attempts, problems.size() > MOST_PROBLEMS ? shortened(problems) : problems);
    }

    /** {@return whether a directory looks like that of a run} */
    static boolean isRun(Path directory) {
        try {
            return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && (Files.isRegularFile(directory.resolve("run.json"))
                            || !list(directory, "results-*.jsonl").isEmpty()
                            || !bundles(directory).isEmpty());
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> shortened(List<String> problems) {
        List<String> some = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
        some.add("… and " + (problems.size() - MOST_PROBLEMS) + " more");
        return some;
    }

    private static void lines(Path run, Path file, List<Attempt> attempts, List<String> problems) throws IOException {
        // Read as bytes: a line that was cut inside a character must not cost the others.
        String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            try {
                if (JsonFields.parse(lines[i]) instanceof JsonObject line && line.get("test") instanceof JsonObject) {
                    attempts.add(Attempt.fromLine(line, bundleOf(run, line)));
                } else {
                    problems.add(file.getFileName() + ", line " + (i + 1) + ": it is not a result");
                }
            } catch (IOException e) {
                problems.add(file.getFileName() + ", line " + (i + 1) + ": " + e.getMessage());
            }
        }
    }

    private static @Nullable Path bundleOf(Path run, JsonObject line) {
        String name = JsonFields.text(line, "bundle");
        if (name == null || name.indexOf('\0') >= 0) {
            return null;
        }
        Path bundle = run.resolve(name.replace('\\', '/')).normalize();
        return bundle.startsWith(run) && Files.isDirectory(bundle, LinkOption.NOFOLLOW_LINKS) ? bundle : null;
    }

    private static void bundle(Path run, Path bundle, List<Attempt> attempts, List<String> problems) {
        Path file = Manifest.fileIn(bundle);
        if (file == null) {
            return;
        }
        try {
            attempts.add(Attempt.fromManifest(Manifest.read(file), bundle));
        } catch (IOException e) {
            problems.add(run.relativize(file) + ": " + e.getMessage());
            attempts.add(nameless(bundle));
        }
    }

    /** A manifest that cannot be read still tells by its place which test it is of. */
    static Attempt nameless(Path bundle) {
        JsonObject line = new JsonObject();
        JsonObject test = new JsonObject();
        Path method = bundle.getParent();
        Path type = method == null ? null : method.getParent();
        JsonFields.put(test, "class", type == null ? null : String.valueOf(type.getFileName()));
        JsonFields.put(test, "method", method == null ? null : String.valueOf(method.getFileName()));
        line.add("test", test);
        line.addProperty("attempt", Manifest.attemptOf(bundle));
        line.addProperty("outcome", Files.exists(bundle.resolve(Manifest.PASSED)) ? "passed" : "failed");
        return Attempt.fromLine(line, bundle);
    }

    /** {@return the directories {@code <class>/<method>/attempt-<n>} that have a manifest} */
    static List<Path> bundles(Path run) throws IOException {
        List<Path> bundles = new ArrayList<>();
        for (Path type : directories(run)) {
            for (Path method : directories(type)) {
                for (Path attempt : list(method, "attempt-*")) {
                    if (Manifest.fileIn(attempt) != null) {
                        bundles.add(attempt);
                    }
                }
            }
        }
        return bundles;
    }

    private static List<Path> directories(Path parent) throws IOException {
        return list(parent, "*").stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    static List<Path> list(Path parent, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, glob)) {
            entries.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }
}
