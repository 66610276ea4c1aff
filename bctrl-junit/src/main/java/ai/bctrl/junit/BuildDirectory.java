package ai.bctrl.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the directory of the build's output, as JUnit does for its own files. */
final class BuildDirectory {
    private BuildDirectory() {}

    static Path evidence() {
        return evidenceIn(Path.of("").toAbsolutePath());
    }

    static Path evidenceIn(Path project) {
        if (Files.exists(project.resolve("pom.xml"))) {
            return project.resolve("target").resolve("bctrl");
        } else if (Stream.of("build.gradle", "build.gradle.kts")
                .anyMatch(name -> Files.exists(project.resolve(name)))) {
            return project.resolve("build").resolve("bctrl");
        }
        return project.resolve("bctrl-evidence");
    }
}
