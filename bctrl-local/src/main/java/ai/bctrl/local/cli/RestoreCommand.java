package ai.bctrl.local.cli;

import ai.bctrl.local.DataDirectoryException;
import ai.bctrl.local.LocalBctrlException;
import ai.bctrl.local.internal.service.Restore;
import ai.bctrl.local.internal.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a data directory of a backup. */
@Command(name = "restore", description = "Makes a data directory of a backup.", mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The file that backup made.")
    private Path from = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Missing, or empty.")
    private Path data = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            long files = Restore.restore(from, data);
            spec.commandLine().getOut().println("Restored " + data + " with " + files + " stored files");
            return 0;
        } catch (StoreException refused) {
            throw new DataDirectoryException(
                    DataDirectoryException.Reason.valueOf(refused.problem().name()),
                    String.valueOf(refused.getMessage()),
                    refused);
        } catch (IOException failed) {
            throw new LocalBctrlException(data + " was not restored from " + from + ": " + failed, failed);
        }
    }
}
