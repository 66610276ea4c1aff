package ai.bctrl.soak;

import java.util.Locale;

/** What is done to the parts of the system. */
enum Harm {
    /** SIGKILL to a browser. */
    BROWSER_KILLED(3),
    /** SIGSTOP to a browser. */
    BROWSER_STOPPED(2),
    /** A connection reset, ended or silent. */
    CONNECTION_CUT(4),
    /** SIGKILL to the control plane, which is started again. */
    SERVER_KILLED(1),
    /** SIGKILL to a test JVM, in whose place another one is started. */
    JVM_KILLED(1);

    private final int weight;

    Harm(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
