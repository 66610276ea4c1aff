package ai.bctrl.runtime;

import java.util.function.Supplier;

/**
 * Gives browsers back on interrupted threads too. An interrupted thread cannot make requests, and an interrupt is no reason
 * to leave a browser running. Stateless.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs the work with the interrupt set aside, and sets it again afterwards. */
    public static void run(Runnable work) {
        String unused = call(() -> {
            work.run();
            return "";
        });
    }

    /** {@return what the work returns, which runs with the interrupt set aside; sets it again afterwards} */
    public static <T> T call(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
