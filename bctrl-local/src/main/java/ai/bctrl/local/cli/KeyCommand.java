package ai.bctrl.local.cli;

import ai.bctrl.local.LocalBctrlException;
import ai.bctrl.local.internal.service.KeysFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key, shows it once and keeps its hash. */
@Command(
        name = "key",
        description = "Makes a key for serve --keys-file, and shows it once. The file gets its hash only.",
        mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {

    @Option(
            names = "--keys-file",
            paramLabel = "FILE",
            required = true,
            description = "The file to add it to, made where it is missing.")
    private Path file = Path.of("");

    @Option(names = "--read-only", description = "The key may only read.")
    private boolean readOnly = false;

    @Option(names = "--name", paramLabel = "NAME", description = "What the line in the file says whose key it is.")
    private @Nullable String name = null;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (name != null && (name.isBlank() || name.chars().anyMatch(Character::isISOControl))) {
            throw new LocalBctrlException("the name must be one line of text", null);
        }
        String key = KeysFile.newKey();
        try {
            new KeysFile(file).add(key, readOnly, name);
        } catch (IOException failed) {
            throw new LocalBctrlException("cannot write the keys file " + file + ": " + failed, failed);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(key);
        out.flush();
        return 0;
    }
}
