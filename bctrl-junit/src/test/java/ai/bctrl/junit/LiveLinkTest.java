package ai.bctrl.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LiveLinkTest {
    private static final String AGENT = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

    /** Says whether its JVM was started for a debugger. */
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) {
            System.out.println("debugger: " + LiveLink.isForDebugger());
        }
    }

    @Test
    void knowsADebuggerByTheArgumentsOfTheJvm(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("arguments"), AGENT);
        assertThat(ask(List.of(), "")).contains("debugger: false");
        assertThat(ask(List.of(AGENT), "")).contains("debugger: true");
        assertThat(ask(List.of("@" + file), "")).contains("debugger: true");
        assertThat(ask(List.of(), "-Xmx100m " + AGENT)).contains("debugger: true");
    }

    private static String ask(List<String> options, String toolOptions) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(Stream.of("-cp", System.getProperty("java.class.path"), Asked.class.getName())
                .toList());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
