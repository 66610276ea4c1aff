package ai.bctrl.local.internal.engine;

import java.nio.file.Path;

/** The process that a test kills: starts five browsers below the root it is given, prints their pids and waits. */
final class FiveBrowsersMain {

    private FiveBrowsersMain() {}

    public static void main(String[] args) throws Exception {
        ChromiumEngine engine = new ChromiumEngine(
                ChromiumOptions.builder().root(Path.of(args[0])).build());
        for (int i = 0; i < 5; i++) {
            RunningBrowser browser =
                    engine.launch(LaunchRequest.builder("rt_" + i).build());
            System.out.println(browser.pid());
        }
        System.out.println("ready");
        System.out.flush();
        // Until the test ends this process, or dies itself.
        while (System.in.read() >= 0) {}
        engine.close();
    }
}
