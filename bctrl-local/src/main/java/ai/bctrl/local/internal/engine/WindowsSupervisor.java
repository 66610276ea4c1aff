package ai.bctrl.local.internal.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Supervises with {@code supervise.ps1} in Windows PowerShell. Written by design: it has not been run, as no Windows
 * machine was at hand. Immutable.
 */
final class WindowsSupervisor implements Supervisor {

    private final String script;

    WindowsSupervisor() {
        this.script = PosixSupervisor.resource("supervise.ps1");
    }

    @Override
    public ProcessBuilder supervise(List<String> command, Path directory) {
        String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
        ProcessBuilder builder = new ProcessBuilder(
                        "powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded)
                .redirectErrorStream(true);
        builder.environment().put("BCTRL_SUPERVISED_BINARY", command.get(0));
        builder.environment()
                .put(
                        "BCTRL_SUPERVISED_ARGUMENTS",
                        command.stream().skip(1).map(WindowsSupervisor::quoted).collect(Collectors.joining(" ")));
        builder.environment().put("BCTRL_SUPERVISED_DIRECTORY", directory.toString());
        return builder;
    }

    /** Quotes as the Microsoft C runtime reads it: backslashes count only before a quotation mark. */
    static String quoted(String argument) {
        StringBuilder text = new StringBuilder("\"");
        int backslashes = 0;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '\\') {
                backslashes++;
                continue;
            }
            text.append("\\".repeat(c == '"' ? 2 * backslashes + 1 : backslashes))
                    .append(c);
            backslashes = 0;
        }
        return text.append("\\".repeat(2 * backslashes)).append('"').toString();
    }
}
