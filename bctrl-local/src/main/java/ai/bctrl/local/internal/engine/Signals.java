package ai.bctrl.local.internal.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a shell's exit status. */
final class Signals {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"));

    private Signals() {}

    /** The name of the signal behind a status over 128; null where the process exited by itself. */
    static @Nullable String nameOf(int status) {
        if (status <= 128 || status > 128 + 64) {
            return null;
        }
        return NAMES.getOrDefault(status - 128, "signal " + (status - 128));
    }
}
