package ai.bctrl.junit;

import org.jspecify.annotations.Nullable;

/**
 * How many browsers to make ready ahead of need. Thread-safe.
 *
 * @param planned what tests there will be, or null where nobody knows
 * @param atOnce how many at most; 0 for none
 */
record BrowserSupply(@Nullable PlannedTests planned, int atOnce) {

    /** {@return the supply that the settings ask for} */
    static BrowserSupply of(BctrlSettings settings, @Nullable PlannedTests planned) {
        if (planned == null) {
            return new BrowserSupply(null, 0);
        }
        Integer set = settings.pool();
        int atOnce = set == null
                ? Math.min(planned.parallelism(), Runtime.getRuntime().availableProcessors())
                : set;
        return new BrowserSupply(planned, atOnce);
    }

    /** {@return whether there may be browsers that are ready} */
    boolean mayBePrepared() {
        return atOnce > 0;
    }

    /** {@return how many browsers should be ready} */
    int wanted() {
        return planned == null ? 0 : Math.min(atOnce, planned.remaining());
    }
}
