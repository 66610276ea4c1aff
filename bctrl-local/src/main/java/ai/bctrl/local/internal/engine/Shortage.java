package ai.bctrl.local.internal.engine;

import org.jspecify.annotations.Nullable;

/** Says what a machine lacks that does not start a browser, and what to do. Stateless. */
final class Shortage {

    private Shortage() {}

    /** {@return the text of an operating system, a JVM or a browser, with an explanation where it speaks of a limit} */
    static String explained(@Nullable String text) {
        String said = String.valueOf(text);
        if (said.contains("Too many open files")) {
            return said + "; the control plane is at its limit of file descriptors, raise it (ulimit -n)";
        } else if (said.contains("Resource temporarily unavailable")
                || said.contains("unable to create native thread")) {
            return said + "; the machine, its user or a control group has no more processes and threads,"
                    + " raise the limit (ulimit -u, pids.max)";
        } else if (said.contains("Cannot allocate memory")) {
            return said + "; the machine or a control group has no more memory";
        } else if (said.contains("No space left on device")) {
            return said + "; the disk of the temporary directory is full, make room";
        }
        return said;
    }
}
