package ai.bctrl.local.internal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, as RFC 9110 section 14 describes it. Immutable.
 *
 * @param offset the first byte
 * @param length the number of bytes, at least 1
 */
record ByteRange(long offset, long length) {

    private static final Pattern SINGLE = Pattern.compile("bytes *= *([0-9]{0,18}) *- *([0-9]{0,18})");

    /** The header asks for nothing that the file has. */
    static final class Unsatisfiable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsatisfiable() {
            super("no such range", null, false, false);
        }
    }

    /**
     * Reads a {@code Range} header. Several ranges, or what is no range, mean the whole file: servers may ignore the header.
     *
     * @return the range, or null for the whole file
     * @throws Unsatisfiable if the range begins behind the end
     */
    static @Nullable ByteRange parse(@Nullable String header, long size) {
        Matcher single = SINGLE.matcher(header == null ? "" : header.strip());
        if (!single.matches()) {
            return null;
        }
        String first = single.group(1);
        String last = single.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return null;
        } else if (first.isEmpty()) {
            long length = Math.min(size, Long.parseLong(last));
            return satisfiable(size - length, length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return null;
        }
        return satisfiable(from, to - from + 1);
    }

    private static ByteRange satisfiable(long offset, long length) {
        if (length <= 0) {
            throw new Unsatisfiable();
        }
        return new ByteRange(offset, length);
    }

    long last() {
        return offset + length - 1;
    }
}
