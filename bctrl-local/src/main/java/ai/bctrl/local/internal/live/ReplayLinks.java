package ai.bctrl.local.internal.live;

import org.jspecify.annotations.Nullable;

/** Where the replay of a run can be seen. Thread-safe. */
@FunctionalInterface
public interface ReplayLinks {

    /**
     * Makes a page's address for somebody who watched the run until its end. May take a moment.
     *
     * @param authority host and port as the viewer wrote them
     * @return null if nothing was recorded
     */
    @Nullable
    String replay(String runId, String authority);

    /** {@return links of a control plane that records nothing} */
    static ReplayLinks none() {
        return (runId, authority) -> null;
    }
}
