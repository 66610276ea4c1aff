package ai.bctrl.junit;

import ai.bctrl.error.BctrlException;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.junit.internal.evidence.ContextRecording;
import ai.bctrl.playwright.BrowserSession;
import com.microsoft.playwright.BrowserContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The browser of a class with the scope {@code CLASS}. Objects of Playwright belong to one thread at a time: whoever uses
 * this one takes a turn. {@link #takeTurn} and {@link #endTurn} are thread-safe, the rest is used within a turn.
 */
final class SharedBrowser implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final String className;
    private final ContextRecording recording;
    private final Function<Consumer<BrowserContext>, BrowserSession> open;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile String holder = "nobody";
    private volatile boolean handedToClass;
    private final LiveLink live;
    private @Nullable BrowserSession session;
    private @Nullable String link;

    SharedBrowser(
            String className,
            ContextRecording recording,
            LiveLink live,
            Function<Consumer<BrowserContext>, BrowserSession> open) {
        this.className = className;
        this.live = live;
        this.recording = recording;
        this.open = open;
    }

    /** Waits until nobody else uses the browser. */
    void takeTurn(String test) {
        try {
            if (!turn.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BctrlException(test + " waited " + LONGEST_WAIT.toSeconds()
                        + " s for its turn with the browser of " + className + ", which " + holder
                        + " holds; use scope TEST, or run the methods of the class on one thread with"
                        + " @Execution(ExecutionMode.SAME_THREAD)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BctrlInterruptedException(
                    test + " was interrupted while it waited for its turn with the browser of " + className, e);
        }
        holder = test;
    }

    void endTurn() {
        holder = "nobody";
        turn.release();
    }

    /** {@return the session of the class itself, which {@code @BeforeAll} sees} */
    BrowserSession session() {
        BrowserSession opened = session;
        if (opened == null) {
            opened = open.apply(this::record);
            session = opened;
            link = live.tell(className, opened.lease());
        }
        return opened;
    }

    /** {@return where the browser can be watched, or null if nobody wants to know} */
    @Nullable
    String liveLink() {
        return link;
    }

    private void record(BrowserContext context) {
        BrowserSession own = session;
        if (own != null) {
            recording.start(context, own.artifactsDirectory());
        }
    }

    /** {@return what is recorded of the context of the class itself} */
    ContextRecording recording() {
        return recording;
    }

    /** Notes that objects of this browser may be in fields that every test of the class sees. */
    void handToClass() {
        handedToClass = true;
    }

    boolean isHandedToClass() {
        return handedToClass;
    }

    @Override
    public void close() {
        if (session != null) {
            recording.discard(session);
            session.close();
        }
    }
}
