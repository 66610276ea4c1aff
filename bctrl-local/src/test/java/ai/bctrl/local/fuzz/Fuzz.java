package ai.bctrl.local.fuzz;

/**
 * How much is tried, and from which seed: {@code -Dbctrl.fuzz=100000} requests (a tenth as many upgrades), {@code
 * -Dbctrl.fuzz.seed=1}. What fails says how to try it again.
 */
public final class Fuzz {
    private static final int REQUESTS = 5000;
    private static final long SEED = 20_261_122;

    private Fuzz() {}

    /** One try. */
    @FunctionalInterface
    public interface Trial {
        /** Tries what the junk says. */
        void run(Junk junk) throws Exception;
    }

    /** {@return how many requests} */
    public static int requests() {
        return Integer.getInteger("bctrl.fuzz", REQUESTS);
    }

    /** {@return how many upgrades to WebSockets} */
    public static int upgrades() {
        return requests() / 10;
    }

    /** {@return how many inputs of a parser} */
    public static int texts() {
        return requests() / 2;
    }

    /** {@return what all junk is made of} */
    public static long seed() {
        return Long.getLong("bctrl.fuzz.seed", SEED);
    }

    /** {@return the junk of one try} */
    public static Junk junk(long number) {
        return new Junk(seed() * 1_000_003 + number);
    }

    /** Tries so often; each try has junk of its own and does not depend on the others. */
    public static void each(int count, Trial trial) {
        int only = Integer.getInteger("bctrl.fuzz.only", -1);
        int first = only < 0 ? 0 : only;
        int last = only < 0 ? count : only + 1;
        for (int number = first; number < last; number++) {
            try {
                trial.run(junk(number));
            } catch (Exception | AssertionError | StackOverflowError failed) {
                throw new AssertionError(
                        "try " + number + " failed (again with -Dbctrl.fuzz.seed=" + seed() + " -Dbctrl.fuzz.only="
                                + number + "): " + failed,
                        failed);
            }
        }
    }
}
