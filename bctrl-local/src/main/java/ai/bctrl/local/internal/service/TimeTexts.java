package ai.bctrl.local.internal.service;

import java.time.Duration;

/** Durations for people, in the largest unit that is exact: {@code 30 min}, {@code 90 s}, {@code 1500 ms}. Stateless. */
public final class TimeTexts {
    private TimeTexts() {}

    /** {@return the duration as text} */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + " ms";
        } else if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        }
        return millis % 60_000 == 0 ? millis / 60_000 + " min" : millis / 1000 + " s";
    }
}
