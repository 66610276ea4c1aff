package ai.bctrl.local.cli;

import ai.bctrl.error.BctrlException;
import ai.bctrl.local.DataDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the control plane from the command line. */
@Command(
        name = "bctrl",
        description = "Managed browsers for tests, on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ServeCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            KeyCommand.class,
            PruneCommand.class
        })
public final class LocalMain {

    private LocalMain() {}

    /**
     * Runs a command and ends the JVM with 0; 1 after a failure; 2 after wrong usage; where the data directory cannot be used
     * with 3 if it is in use, 4 if it is of a newer version, 5 of another product, 6 if it is damaged, 7 if its disk is full.
     */
    public static void main(String[] arguments) {
        // Jetty and JDBI bring the SLF4J API along; nobody at a command line misses a provider for it.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        System.exit(new CommandLine(new LocalMain())
                .setExecutionExceptionHandler(LocalMain::explain)
                .execute(arguments));
    }

    private static int explain(Exception failed, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failed instanceof BctrlException) {
            command.getErr().println("bctrl: " + failed.getMessage());
            return failed instanceof DataDirectoryException unusable ? code(unusable.reason()) : 1;
        }
        throw failed;
    }

    private static int code(DataDirectoryException.Reason reason) {
        return switch (reason) {
            case IN_USE -> 3;
            case NEWER -> 4;
            case FOREIGN -> 5;
            case DAMAGED -> 6;
            case FULL -> 7;
            case OTHER -> 1;
        };
    }
}
