package ai.bctrl.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux tells of a process; empty or zero where it is gone, or where there is no {@code /proc}. Immutable.
 *
 * @param pid of the process
 */
record ProcFiles(long pid) {
    private String text(String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), name), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    String environment() {
        return text("environ");
    }

    String commandLine() {
        return text("cmdline");
    }

    boolean isAlive() {
        String stat = text("stat");
        return !stat.isEmpty() && "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
    }

    long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return all.count();
        } catch (IOException gone) {
            return 0;
        }
    }

    long threads() {
        return status("Threads:");
    }

    long residentMegabytes() {
        return status("VmRSS:") / 1024;
    }

    private long status(String field) {
        return text("status")
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
