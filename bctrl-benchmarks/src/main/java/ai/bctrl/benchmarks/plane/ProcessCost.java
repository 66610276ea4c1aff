package ai.bctrl.benchmarks.plane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What processes cost at a moment, from {@code /proc}. Immutable.
 *
 * @param pssMegabytes their memory; what several share is divided among them
 * @param cpu processor time since they started
 */
public record ProcessCost(double pssMegabytes, Duration cpu) {
    private static final double TICKS_PER_SECOND = 100;

    /** {@return what these cost now; those that have ended cost nothing} */
    public static ProcessCost of(List<ProcessHandle> processes) {
        double kilobytes = 0;
        double ticks = 0;
        for (ProcessHandle process : processes) {
            Path directory = Path.of("/proc", Long.toString(process.pid()));
            try {
                kilobytes += Files.readAllLines(directory.resolve("smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum();
                String stat = Files.readString(directory.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            } catch (IOException ended) {
                // It costs nothing any more.
            }
        }
        return new ProcessCost(kilobytes / 1024, Duration.ofMillis((long) (ticks / TICKS_PER_SECOND * 1000)));
    }
}
