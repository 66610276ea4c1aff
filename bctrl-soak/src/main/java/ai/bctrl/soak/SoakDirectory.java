package ai.bctrl.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a soak keeps everything, so that what is left of it can be found. Immutable.
 *
 * @param root absolute
 */
record SoakDirectory(Path root) {
    /** In the environment of each process that a soak starts, and of theirs. */
    private static final String MARK = "BCTRL_SOAK";

    private static final String OF_JVM = "bctrl-artifacts-";

    static SoakDirectory create(Path root) throws IOException {
        SoakDirectory directory =
                new SoakDirectory(Files.createDirectories(root).toRealPath());
        Files.createDirectories(directory.temporary());
        Files.createDirectories(directory.evidence());
        return directory;
    }

    /** Ends all processes at once. */
    void killAll() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /** {@return the temporary directory of all processes} */
    Path temporary() {
        return root.resolve("tmp");
    }

    Path evidence() {
        return root.resolve("evidence");
    }

    Path data() {
        return root.resolve("data");
    }

    Path log(String name) {
        return root.resolve(name + ".log");
    }

    /** {@return a JVM of the soak, not yet started, without the settings of whoever runs the soak} */
    ProcessBuilder java(int megabytes, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // They start often, many at a time, and mostly wait.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + megabytes + "m",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djava.io.tmpdir=" + temporary(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BCTRL_") && !name.equals("BCTRL_CHROMIUM"));
        builder.environment()
                .putAll(Map.of(
                        MARK,
                        root.toString(),
                        "TMPDIR",
                        temporary().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1"));
        return builder;
    }

    /** {@return the processes of the soak, but for zombies} */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isOurs(process) && new ProcFiles(process.pid()).isAlive())
                .toList();
    }

    private boolean isOurs(ProcessHandle process) {
        ProcFiles files = new ProcFiles(process.pid());
        return files.environment().contains(MARK + "=" + root)
                || files.commandLine().contains(temporary().toString());
    }

    /** {@return the main processes of browsers} */
    List<ProcessHandle> browsers() {
        return processes().stream()
                .filter(process -> {
                    String line = new ProcFiles(process.pid()).commandLine();
                    return line.contains("--user-data-dir=")
                            && !line.contains("--type=")
                            && !line.contains("bctrl-supervisor");
                })
                .toList();
    }

    /**
     * {@return the profiles of browsers and the directories of drivers that are on the disk, but for those of JVMs: what a killed one
     * had is removed by another one a day later, as nobody else can know that it is dead}
     */
    List<Path> leftovers() throws IOException {
        try (Stream<Path> all = Files.walk(temporary(), 3)) {
            return all.filter(Files::isDirectory)
                    .filter(path -> {
                        String name = path.getFileName().toString();
                        return name.equals("profile") || name.startsWith("playwright");
                    })
                    .map(path -> temporary().relativize(path))
                    .filter(path -> !path.getName(0).toString().startsWith(OF_JVM))
                    .toList();
        } catch (UncheckedIOException vanished) {
            // What vanishes while we look is not left; what stays is found the next time.
            return List.of(Path.of("(" + vanished.getMessage() + ")"));
        }
    }
}
