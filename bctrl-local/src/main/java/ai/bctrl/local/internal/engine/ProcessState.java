package ai.bctrl.local.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the operating system sees a process, where it tells (Linux). */
public enum ProcessState {
    /** It runs, or waits for something. */
    RUNNING,
    /** Somebody has stopped it, by SIGSTOP for example. */
    STOPPED,
    /** It has ended and is not yet cleared away. */
    ENDED,
    /** The system does not tell. */
    UNKNOWN;

    /** {@return the state of a process at this moment} */
    public static ProcessState of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name before it stands in parentheses and may hold any character.
            return switch (stat.charAt(stat.lastIndexOf(')') + 2)) {
                case 'T' -> STOPPED;
                case 'Z', 'X' -> ENDED;
                default -> RUNNING;
            };
        } catch (IOException | StringIndexOutOfBoundsException untold) {
            return UNKNOWN;
        }
    }
}
