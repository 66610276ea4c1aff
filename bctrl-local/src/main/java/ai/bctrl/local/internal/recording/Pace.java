package ai.bctrl.local.internal.recording;

/**
 * When to take the next picture: often while pictures change, seldom while they do not, and never so often that taking them is
 * much of the browser's work. Times are milliseconds. Not thread-safe.
 */
final class Pace {

    /** Between two pictures while something happens. */
    static final long FASTEST = 500;

    /** Between two pictures at rest. */
    static final long SLOWEST = 2000;

    /** From a hint to the picture, so that what was begun can be seen. */
    static final long SOON = 100;

    /** Pictures take no more of the time than the twelfth part: for as long as one is taken, the page does little else. */
    private static final int SHARE = 12;

    private long interval = FASTEST;
    private long cost;

    /** Something happens; {@return after how long a picture is due} */
    long stirred(long sinceLast) {
        interval = FASTEST;
        return Math.max(SOON, least() - sinceLast);
    }

    /**
     * A picture was taken.
     *
     * @param changed whether it shows something new
     * @param took from the request to the answer
     * @return after how long the next one is due
     */
    long taken(boolean changed, long took) {
        cost = took;
        interval = changed ? FASTEST : Math.min(SLOWEST, interval * 3 / 2);
        return Math.max(interval, least());
    }

    private long least() {
        return Math.max(FASTEST, Math.min(SLOWEST, SHARE * cost));
    }
}
