package ai.bctrl.junit.internal.redaction;

/** A text that can be read only so often: a pattern that tries again and again is stopped. Not thread-safe. */
final class BoundedText implements CharSequence {
    private static final int READS_PER_CHARACTER = 100;
    private static final int READS_AT_LEAST = 1_000_000;

    private final String text;
    private long left;

    BoundedText(String text) {
        this.text = text;
        this.left = READS_AT_LEAST + (long) READS_PER_CHARACTER * text.length();
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new TooLongException();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The text was read too often. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLongException() {
            super("a pattern takes too long", null, false, false);
        }
    }
}
