package ai.bctrl.junit;

import ai.bctrl.junit.internal.evidence.Collected;
import ai.bctrl.runtime.PhaseTimes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What is known of one attempt at a test while it runs. Of one thread at a time, but for the failure of its body. */
final class RunningAttempt {
    private final Instant start = Instant.now();
    private @Nullable Duration body;
    private @Nullable Collected collected;
    private boolean collecting;
    private volatile @Nullable Throwable bodyFailure;
    private boolean published;
    private boolean reported;
    private boolean told;

    /** {@return when it began} */
    Instant start() {
        return start;
    }

    void bodyTook(Duration duration) {
        body = duration;
    }

    /** {@return the phases with those of this attempt} */
    PhaseTimes addTo(PhaseTimes phases) {
        PhaseTimes all = body == null ? phases : phases.plus("body", body);
        return collected == null ? all : all.plus("collect", collected.took());
    }

    /** Notes that evidence is collected; what fails then is not tried again. */
    void startCollecting() {
        collecting = true;
    }

    /** {@return whether evidence was collected, or could not be} */
    boolean isCollected() {
        return collecting;
    }

    /** {@return whether nobody was told of a failure yet; it counts as told from now on} */
    boolean startTelling() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** Notes what the test method has thrown, whatever others make of it. */
    void bodyFailed(Throwable failure) {
        bodyFailure = failure instanceof TestAbortedException ? null : failure;
    }

    /** {@return what the test method has thrown, or null if it has not failed} */
    @Nullable
    Throwable bodyFailure() {
        return bodyFailure;
    }

    /** Notes what was kept. */
    void keep(Collected evidence) {
        collected = evidence;
    }

    /** {@return what was kept, or null if nothing was} */
    @Nullable
    Collected kept() {
        return collected;
    }

    /** {@return whether what was kept has not been published yet; it counts as published from now on} */
    boolean startPublishing() {
        boolean first = collected != null && !published;
        published |= first;
        return first;
    }

    /** {@return whether the test has not been reported yet; it counts as reported from now on} */
    boolean startReporting() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    /** Removes what was kept: somebody has made the test pass after all. */
    void forget() {
        Collected unwanted = collected;
        collected = null;
        collecting = false;
        if (unwanted != null) {
            unwanted.bundle().delete();
        }
    }
}
