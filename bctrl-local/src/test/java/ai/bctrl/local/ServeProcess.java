package ai.bctrl.local;

import ai.bctrl.local.cli.LocalMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bctrl serve --data} as a process of its own, to be killed. */
record ServeProcess(Process process) implements AutoCloseable {
    static final String KEY = "key-of-this-test";
    private static final String LISTENING = "Listening on ";

    /**
     * Starts a process.
     *
     * @param temporary for its browsers
     */
    static ServeProcess start(Path data, Path temporary, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(more));
        return new ServeProcess(command(temporary, arguments).start());
    }

    /** A run of the command line with what it says on one stream. */
    static ProcessBuilder command(Path temporary, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It starts hundreds of times, and never lives long.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                LocalMain.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("BCTRL_API_KEY", KEY);
        return builder;
    }

    /** Waits until it listens. */
    Api api() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                return new Api(line.substring(LISTENING.length()), KEY);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the control plane does not start: " + said);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("a killed process does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
