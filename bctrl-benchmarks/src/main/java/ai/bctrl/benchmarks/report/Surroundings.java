package ai.bctrl.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where and when it was measured. Immutable.
 *
 * @param lines what is known, by name
 */
public record Surroundings(Map<String, String> lines) {

    /**
     * {@return those of now}
     *
     * @param browser version of the browser
     * @param command how to repeat it
     */
    public static Surroundings now(String browser, String command) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        lines.put("command", command);
        lines.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + value("/proc/cpuinfo", "model name") + ", "
                        + memory());
        lines.put("load at the start", load());
        lines.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        lines.put("java", System.getProperty("java.version") + " " + System.getProperty("java.vendor"));
        lines.put("browser", browser);
        return new Surroundings(lines);
    }

    private static String memory() {
        String text = value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        return text.isEmpty()
                ? "memory unknown"
                : String.format(Locale.ROOT, "%.0f GB", Long.parseLong(text) / 1048576.0);
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    private static String value(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }
}
