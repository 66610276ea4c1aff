package ai.bctrl.local.cli;

import ai.bctrl.local.internal.engine.BrowserStartException;
import ai.bctrl.local.internal.engine.ChromiumDiscovery;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which browsers there are. */
@Command(name = "doctor", description = "Says which browsers are found.", mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final Duration VERSION = Duration.ofSeconds(5);

    @Option(names = "--chromium", paramLabel = "PATH", description = "Browser to start (looks for one).")
    private @Nullable Path chromium = null;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<ChromiumDiscovery.Found> found;
        try {
            found = new ChromiumDiscovery(chromium).all();
        } catch (BrowserStartException unusable) {
            out.println(unusable.getMessage());
            return 1;
        }
        for (ChromiumDiscovery.Found browser : found) {
            String version = browser.version(VERSION);
            out.println(browser.kind().title() + ": " + (version == null ? "does not say its version" : version) + " ("
                    + browser.path() + ")");
        }
        if (found.isEmpty()) {
            out.println(
                    "No browser found. Install one (Debian: apt-get install chromium chromium-headless-shell; or npx"
                            + " playwright install chromium), or let " + ChromiumDiscovery.VARIABLE
                            + " name a binary.");
        }
        out.flush();
        return found.isEmpty() ? 1 : 0;
    }
}
