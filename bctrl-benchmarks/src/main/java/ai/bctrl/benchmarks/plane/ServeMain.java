package ai.bctrl.benchmarks.plane;

import ai.bctrl.local.cli.LocalMain;
import java.io.IOException;
import java.io.InputStream;

/** A control plane that ends with its standard input, which ends with the process that holds it, also where that is killed. */
final class ServeMain {
    private ServeMain() {}

    /** Serves as {@code bctrl-local serve} does. */
    public static void main(String[] arguments) {
        Thread watcher = new Thread(() -> awaitTheEnd(System.in), "bctrl-parent");
        watcher.setDaemon(true);
        watcher.start();
        LocalMain.main(arguments);
    }

    private static void awaitTheEnd(InputStream input) {
        try {
            while (input.read() >= 0) {
                // Nobody writes anything.
            }
        } catch (IOException broken) {
            // That is an end as well.
        } finally {
            System.exit(0);
        }
    }
}
