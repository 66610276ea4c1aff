package ai.bctrl.junit.internal.redaction;

import java.util.TreeMap;

/** The parts of a text that are program text, where only what stands in quotes is a value. Not thread-safe. */
final class CodeRanges {
    private final TreeMap<Integer, Integer> endByStart = new TreeMap<>();

    /** {@return ranges that hold the whole text, whatever its length} */
    static CodeRanges all() {
        CodeRanges all = new CodeRanges();
        all.add(0, Integer.MAX_VALUE);
        return all;
    }

    void add(int start, int end) {
        endByStart.put(start, end);
    }

    boolean contains(int at) {
        var range = endByStart.floorEntry(at);
        return range != null && at < range.getValue();
    }
}
