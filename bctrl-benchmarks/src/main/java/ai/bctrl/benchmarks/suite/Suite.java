package ai.bctrl.benchmarks.suite;

/** What a suite is told by system properties, and what it answers. */
public final class Suite {
    /** Address of the {@link FormServer}. */
    public static final String URL = "bctrl.bench.url";

    /** How many tests to run; 1 by default. */
    public static final String TESTS = "bctrl.bench.tests";

    /** On how many threads; 1 by default. */
    public static final String THREADS = "bctrl.bench.threads";

    /** Name of a {@link Body}. */
    public static final String BODY = "bctrl.bench.body";

    /** The browser's binary that peers start. */
    public static final String CHROMIUM = "bctrl.bench.chromium";

    /** The file that gets the times; see {@link SuiteMain}. */
    public static final String TIMES = "bctrl.bench.times";

    /** Key of the report entry of a test with the time, in nanoseconds, at which its page could be used. */
    static final String USABLE = "bctrl.bench.usable";

    private Suite() {}

    /** What each test does. */
    public enum Body {
        /** One navigation to a tiny page, one assertion. */
        TRIVIAL,
        /** One navigation, ten fields filled, ten clicks, two assertions that wait. */
        REALISTIC
    }
}
