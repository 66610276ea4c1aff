package ai.bctrl.runtime;

/**
 * Gives browsers back on interrupted threads too. An interrupted thread cannot make requests, and an interrupt is no reason
 * to leave a browser running.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs the work with the interrupt set aside, and sets it again afterwards. */
    static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
