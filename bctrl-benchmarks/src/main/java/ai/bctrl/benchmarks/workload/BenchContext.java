package ai.bctrl.benchmarks.workload;

import ai.bctrl.benchmarks.measure.Interleaved;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it is measured. Immutable.
 *
 * @param size how much
 * @param pairs rounds of each workload; null for what fits the workload
 * @param variants names of the ways to run tests that are measured; none for all
 * @param jvm options of the JVMs that run tests
 * @param work where files are made while measuring
 * @param chromium the browser of all variants
 * @param url address of the pages, with a slash at the end
 * @param progress gets a line for each measurement
 */
public record BenchContext(
        Size size,
        @Nullable Integer pairs,
        List<String> variants,
        List<String> jvm,
        Path work,
        Path chromium,
        String url,
        PrintStream progress) {
    /** Copies the lists, without blanks around the names. */
    public BenchContext {
        variants = variants.stream().map(String::strip).toList();
        jvm = List.copyOf(jvm);
    }

    /** How much is measured. */
    public enum Size {
        /** As little as shows that everything works. */
        MINIMAL,
        /** Some minutes. */
        QUICK,
        /** What documents are written from. */
        FULL
    }

    /** {@return a number by the size} */
    public int by(int minimal, int quick, int full) {
        return switch (size) {
            case MINIMAL -> minimal;
            case QUICK -> quick;
            case FULL -> full;
        };
    }

    /** {@return the rounds to measure: those that were asked for, or else by the size} */
    public int rounds(int minimal, int quick, int full) {
        Integer chosen = pairs;
        return chosen == null ? by(minimal, quick, full) : chosen;
    }

    /** {@return what takes the variants in turns} */
    public Interleaved interleaved() {
        return new Interleaved(progress);
    }
}
