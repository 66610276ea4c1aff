package ai.bctrl.local.internal.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * Wraps a browser's command in a process that outlives the control plane by the moment it takes to clean up: when its
 * standard input ends, which the system brings about however the control plane dies, it ends the browser with all its
 * children and removes the browser's directory. When the browser ends first it does the same and exits with the
 * browser's status. It writes {@value #PID}{@code <n>} when the browser is started and {@value #EXIT}{@code <status>} as
 * soon as it has ended, each on a line of standard output, where the browser's own output goes too. Thread-safe.
 */
interface Supervisor {

    /** Starts the line that tells the browser's process id. */
    String PID = "bctrl-supervisor pid ";

    /** Starts the line that tells the browser's exit status. */
    String EXIT = "bctrl-supervisor exit ";

    /**
     * A process to start; its standard input must stay open as long as the browser shall live.
     *
     * @param command the browser's binary and its arguments
     * @param directory removed when the browser has ended
     */
    ProcessBuilder supervise(List<String> command, Path directory);

    /** The supervisor for a system. */
    static Supervisor of(HostEnvironment host) {
        return host.system() == HostEnvironment.OperatingSystem.WINDOWS
                ? new WindowsSupervisor()
                : new PosixSupervisor(host);
    }
}
