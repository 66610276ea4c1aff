package ai.bctrl.local;

import ai.bctrl.BrowserRemains;
import ai.bctrl.model.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of browsers, as the operating system sees them. */
final class Processes {
    private Processes() {}

    /** Those that run and name the text in their command line. */
    static List<ProcessHandle> naming(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().commandLine().orElse("").contains(text))
                .filter(process -> !isZombie(process.pid()))
                .toList();
    }

    /** The main process of the browser of a runtime; one that is shared has no runtime's name. */
    static ProcessHandle browserOf(String runtimeId) {
        if (BrowserRemains.isolation() == Isolation.CONTEXT) {
            return BrowserRemains.shared().stream()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no shared browser"));
        }
        return naming(runtimeId).stream()
                .filter(process -> {
                    String line = process.info().commandLine().orElse("");
                    return line.contains("--user-data-dir=") && !line.contains("--type=") && !isShell(process);
                })
                .findFirst()
                .orElseThrow(() -> new AssertionError("no browser of " + runtimeId));
    }

    private static boolean isShell(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("sh");
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException gone) {
            return !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** Sends a signal by its name. */
    static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + " failed");
        }
    }
}
