package ai.bctrl.local.cli;

import ai.bctrl.error.BctrlException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the control plane from the command line. */
@Command(
        name = "bctrl",
        description = "Managed browsers for tests, on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {ServeCommand.class, DoctorCommand.class, PruneCommand.class})
public final class LocalMain {

    private LocalMain() {}

    /** Runs a command and ends the JVM with 0, 1 after a failure, or 2 after wrong usage. */
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
            return 1;
        }
        throw failed;
    }
}
