package ai.bctrl.local.internal.service;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Times as the API writes them: RFC 3339, UTC, milliseconds. They sort as text. */
public final class Timestamps {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Timestamps() {}

    /** {@return the time of a clock} */
    public static String now(InstantSource clock) {
        return format(clock.instant());
    }

    /** {@return a time} */
    public static String format(Instant time) {
        return FORMAT.format(time);
    }
}
