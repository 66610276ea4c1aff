package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Supervises with {@code supervise.sh} in {@code /bin/sh}. The supervisor is in a session of its own, so that a signal
 * to the control plane's process group does not reach it, and so is the browser, so that all its children can be ended
 * with it. Immutable.
 */
final class PosixSupervisor implements Supervisor {

    private final List<String> ownSession;
    private final String script;

    PosixSupervisor(HostEnvironment host) {
        this.ownSession = ownSession(host);
        this.script = resource("supervise.sh");
    }

    @Override
    public ProcessBuilder supervise(List<String> command, Path directory) {
        List<String> all = new ArrayList<>(ownSession);
        all.addAll(List.of("/bin/sh", "-c", script, "bctrl-supervisor", directory.toString()));
        all.addAll(ownSession);
        all.addAll(command);
        return new ProcessBuilder(all).redirectErrorStream(true);
    }

    /** The command that leads another one into a new session; macOS has no {@code setsid} but Perl. */
    private static List<String> ownSession(HostEnvironment host) {
        List<Path> setsid = new ArrayList<>(host.onPath("setsid"));
        setsid.add(host.at("/usr/bin/setsid"));
        for (Path path : setsid) {
            if (HostEnvironment.isProgram(path)) {
                return List.of(path.toString());
            }
        }
        Path perl = host.at("/usr/bin/perl");
        if (HostEnvironment.isProgram(perl)) {
            return List.of(perl.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127", "--");
        }
        // Without a group only the main process can be ended; its children notice and follow.
        return List.of();
    }

    static String resource(String name) {
        try (InputStream in = PosixSupervisor.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing from this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
