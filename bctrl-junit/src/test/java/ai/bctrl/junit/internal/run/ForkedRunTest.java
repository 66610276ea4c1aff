package ai.bctrl.junit.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins from JVMs of their own, which this one starts as a build tool does. */
class ForkedRunTest {
    /** Joins, says where, and leaves when its standard input ends. */
    static final class Joiner {
        public static void main(String[] arguments) throws IOException {
            try (RunDirectory run = RunDirectory.join(Path.of(arguments[0]), null)) {
                System.out.println(run.isShared() + " " + run.path());
                System.out.flush();
                System.in.read();
            }
        }
    }

    @TempDir
    Path evidence;

    @Test
    void jvmsOfOneMavenShareARunAlsoOneAfterTheOther() throws Exception {
        String maven = "-Dsurefire.test.class.path=x";
        List<Process> together = List.of(start(maven), start(maven));
        List<String> said = new ArrayList<>();
        for (Process process : together) {
            said.add(line(process));
        }
        for (Process process : together) {
            end(process);
        }
        Process later = start(maven);
        said.add(line(later));
        end(later);
        assertThat(said).hasSize(3).allMatch(line -> line.startsWith("true ")).containsOnly(said.get(0));
        RunMarker marker = RunMarker.read(Path.of(said.get(0).substring("true ".length())));
        assertThat(marker).isNotNull();
        assertThat(marker.members()).isEmpty();
        assertThat(marker.invocation().process().isSame(ProcessId.of(ProcessHandle.current())))
                .isTrue();
    }

    @Test
    void jvmsOfNobodyDoNot() throws Exception {
        Process one = start("-Dx=y");
        Process two = start("-Dx=y");
        String first = line(one);
        assertThat(line(two)).startsWith("true ").isNotEqualTo(first);
        end(one);
        end(two);
        try (var runs = Files.list(evidence)) {
            assertThat(runs.filter(Files::isDirectory)).hasSize(2);
        }
    }

    private Process start(String property) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        property,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Joiner.class.getName(),
                        evidence.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(Process process) throws IOException {
        return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
    }
}
