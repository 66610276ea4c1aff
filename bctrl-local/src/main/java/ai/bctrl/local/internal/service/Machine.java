package ai.bctrl.local.internal.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What this machine, or the container we are in, has left: read from {@code /proc} and from control groups of version 1 and 2.
 * Elsewhere nothing is known. Thread-safe.
 */
final class Machine {

    /** At least this is no limit but the way to write that there is none. */
    private static final long UNLIMITED = 1L << 60;

    private static final Pattern SOME = Pattern.compile("some avg10=([0-9.]+)");

    /**
     * One reading. Immutable.
     *
     * @param memory bytes that can be had without pushing anybody out, within all limits; -1 where unknown
     * @param memoryLimit bytes there are, within all limits; -1 where unknown
     * @param cpuPressure share of the last 10 s in which something waited for a processor, 0 to 100; -1 where unknown
     * @param loadPerCpu the load of the last minute for each processor; -1 where unknown
     */
    record Reading(long memory, long memoryLimit, double cpuPressure, double loadPerCpu) {}

    private final Path root;
    private final int processors;

    /** The machine we are on. */
    Machine() {
        this(Path.of("/"), Runtime.getRuntime().availableProcessors());
    }

    Machine(Path root, int processors) {
        this.root = root;
        this.processors = processors;
    }

    Reading read() {
        long[] memory = {kilobytes("MemAvailable"), kilobytes("MemTotal")};
        List<Path> groups = groups();
        for (Path group : groups) {
            limit(memory, group, "memory.max", "memory.current", "inactive_file");
            limit(memory, group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
        }
        return new Reading(memory[0], memory[1], pressure(groups), load());
    }

    /** Our control groups with their parents, the innermost first; those that cannot be seen are left out. */
    private List<Path> groups() {
        List<Path> groups = new ArrayList<>();
        for (String line : text(root.resolve("proc/self/cgroup")).lines().toList()) {
            String[] parts = line.split(":", 3);
            boolean second = line.startsWith("0::");
            if (parts.length < 3 || !(second || List.of(parts[1].split(",")).contains("memory"))) {
                continue;
            }
            Path mount = root.resolve(second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
            // In a container the path may be the host's, of which only the top is to be seen.
            for (Path group = mount.resolve(parts[2].substring(1)).normalize();
                    group != null && group.startsWith(mount);
                    group = group.getParent()) {
                if (Files.isDirectory(group)) {
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    private static void limit(long[] memory, Path group, String limit, String usage, String reclaimable) {
        long most = number(text(group.resolve(limit)));
        long used = number(text(group.resolve(usage)));
        if (most < 0 || most >= UNLIMITED || used < 0) {
            return;
        }
        long cached = Math.max(0, field(text(group.resolve("memory.stat")), reclaimable + " "));
        long left = Math.max(0, most - Math.max(0, used - cached));
        memory[0] = memory[0] < 0 ? left : Math.min(memory[0], left);
        memory[1] = memory[1] < 0 ? most : Math.min(memory[1], most);
    }

    private double pressure(List<Path> groups) {
        for (Path group : groups) {
            Matcher some = SOME.matcher(text(group.resolve("cpu.pressure")));
            if (some.find()) {
                return Double.parseDouble(some.group(1));
            }
        }
        Matcher some = SOME.matcher(text(root.resolve("proc/pressure/cpu")));
        return some.find() ? Double.parseDouble(some.group(1)) : -1;
    }

    private double load() {
        String first = text(root.resolve("proc/loadavg")).split(" ", 2)[0];
        try {
            return first.isEmpty() ? -1 : Double.parseDouble(first) / processors;
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }

    private long kilobytes(String name) {
        long value = field(text(root.resolve("proc/meminfo")), name + ":");
        return value < 0 ? -1 : value << 10;
    }

    private static long field(String text, String start) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).replace("kB", "").strip())
                .mapToLong(Machine::number)
                .findFirst()
                .orElse(-1);
    }

    private static long number(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? -1 : Long.parseLong(text.strip());
        } catch (NumberFormatException unlimited) {
            return -1;
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
