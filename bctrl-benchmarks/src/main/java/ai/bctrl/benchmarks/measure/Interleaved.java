package ai.bctrl.benchmarks.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures variants in turns: each round runs every one once, in random order, so that what else the machine does hits all alike.
 * Not thread-safe.
 */
public final class Interleaved {
    private static final int MAX_REASON = 300;

    private final PrintStream progress;
    private final Random random = new Random(1);

    /**
     * Creates it.
     *
     * @param progress gets a line for each measurement
     */
    public Interleaved(PrintStream progress) {
        this.progress = progress;
    }

    /**
     * Measures. A variant that fails is left out from then on, with what it failed with for a reason.
     *
     * @param warmUp rounds of which nothing is kept
     * @param rounds rounds that count
     * @param x the place on the axis, or null
     */
    public void run(List<Variant> variants, int warmUp, int rounds, @Nullable Double x, Samples samples)
            throws InterruptedException {
        for (Variant variant : variants) {
            samples.know(variant.name());
            String reason = variant.leftOut();
            if (reason != null && !samples.isLeftOut(variant.name())) {
                samples.leaveOut(variant.name(), reason);
                progress.println("  " + variant.name() + ": left out, " + reason);
            }
        }
        for (int round = -warmUp; round < rounds; round++) {
            List<Variant> order = new ArrayList<>(variants);
            Collections.shuffle(order, random);
            for (Variant variant : order) {
                if (!samples.isLeftOut(variant.name())) {
                    measure(variant, round, x, samples);
                }
            }
        }
    }

    private void measure(Variant variant, int round, @Nullable Double x, Samples samples) throws InterruptedException {
        try {
            Map<String, Double> measured = variant.measurement().run();
            StringBuilder line = new StringBuilder("  " + (round < 0 ? "warm-up" : "round " + (round + 1)) + ", "
                    + (x == null ? "" : number(x) + ", ") + variant.name() + ":");
            measured.forEach((metric, value) -> {
                line.append(' ').append(metric).append(' ').append(number(value));
                if (round >= 0) {
                    samples.add(variant.name(), metric, x, value);
                }
            });
            progress.println(line);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception | AssertionError failure) {
            String said = String.valueOf(failure.getMessage()).strip();
            String reason = "failed: " + said.substring(0, Math.min(said.length(), MAX_REASON));
            samples.leaveOut(variant.name(), reason);
            progress.println("  " + variant.name() + ": " + reason);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
