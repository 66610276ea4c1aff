package ai.bctrl.junit.internal.report;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What may still go into a report: characters of each sort, and time for pictures. Not thread-safe. */
final class SpaceLeft {
    private static final long TEXT = 10L << 20;
    private static final long THUMBNAILS = 4L << 20;
    private static final long SCREENSHOTS = 7L << 20;
    /** A run with a thousand failures must not keep its JVM for a minute; later pictures are links. */
    private static final Duration FOR_PICTURES = Duration.ofSeconds(15);

    private final LongSupplier nanoTime;
    private final long start;
    private long text = TEXT;
    private long thumbnails = THUMBNAILS;
    private long screenshots = SCREENSHOTS;

    SpaceLeft(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    long text() {
        return text;
    }

    boolean takeText(long characters) {
        boolean fits = characters <= text;
        text -= fits ? characters : 0;
        return fits;
    }

    boolean takeThumbnail(long characters) {
        boolean fits = characters <= thumbnails;
        thumbnails -= fits ? characters : 0;
        return fits;
    }

    boolean takeScreenshot(long characters) {
        boolean fits = characters <= screenshots;
        screenshots -= fits ? characters : 0;
        return fits;
    }

    boolean hasTimeForPictures() {
        return nanoTime.getAsLong() - start < FOR_PICTURES.toNanos() && thumbnails > 0;
    }
}
