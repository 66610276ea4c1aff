package ai.bctrl.junit.internal.report.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file that was asked for.
 *
 * @param first the first byte, from 0
 * @param last the last byte
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

    /** {@return the part, or null if the header is none that can be answered with a part: then the whole is sent} */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header);
        if (!matcher.matches() || size == 0) {
            return null;
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1).orNull();
        }
        long end = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        return new ByteRange(Long.parseLong(first), end).orNull();
    }

    private @Nullable ByteRange orNull() {
        return first <= last ? this : null;
    }

    long length() {
        return last - first + 1;
    }
}
