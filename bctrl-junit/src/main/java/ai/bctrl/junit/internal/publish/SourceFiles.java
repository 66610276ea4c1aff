package ai.bctrl.junit.internal.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds source files of tests where builds usually keep them. Immutable.
 *
 * @param project the directory of the project
 */
record SourceFiles(Path project) {
    private static final List<String> SETS = List.of("test", "integrationTest", "it", "main");
    private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy", "scala");

    /** {@return the file of that name in the package of the class, or null if it is nowhere} */
    @Nullable
    Path find(String className, String file) {
        int dot = className.lastIndexOf('.');
        String directory = dot < 0 ? "" : className.substring(0, dot).replace('.', '/');
        for (String set : SETS) {
            for (String language : LANGUAGES) {
                Path found = project.resolve("src")
                        .resolve(set)
                        .resolve(language)
                        .resolve(directory)
                        .resolve(file);
                if (Files.isRegularFile(found)) {
                    return found;
                }
            }
        }
        return null;
    }
}
