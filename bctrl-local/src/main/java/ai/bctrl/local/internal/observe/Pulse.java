package ai.bctrl.local.internal.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether one browser answers, in the time of whoever asks it. Thread-safe. */
final class Pulse {

    /** How long after an answer the next question is asked. */
    static final Duration REST = Duration.ofSeconds(1);

    /** After this long without an answer it is looked why. */
    static final Duration PATIENCE = Duration.ofMillis(1500);

    /** What is to be done next. */
    enum Step {
        /** Nothing. */
        WAIT,
        /** Ask the browser something. */
        ASK,
        /** Look why it does not answer. */
        LOOK,
        /** End it. */
        GIVE_UP
    }

    private final Duration limit;
    private Duration lastAnswer;
    private @Nullable Duration askedAt;
    private boolean failed;
    private boolean unresponsive;

    /**
     * Begins as if the browser had answered just now.
     *
     * @param limit how long it may be silent
     */
    Pulse(Duration limit, Duration now) {
        this.limit = limit;
        this.lastAnswer = now;
    }

    /** {@return what is to be done now} */
    synchronized Step step(Duration now) {
        if (askedAt == null) {
            if (now.minus(lastAnswer).compareTo(REST) < 0) {
                return Step.WAIT;
            }
            askedAt = now;
            return Step.ASK;
        }
        Duration silence = now.minus(askedAt);
        if (silence.compareTo(PATIENCE) < 0) {
            return mustAskAgain() ? Step.ASK : Step.WAIT;
        }
        return silence.compareTo(limit) < 0 ? Step.LOOK : Step.GIVE_UP;
    }

    /** The question did not reach the browser. */
    synchronized void failed() {
        failed = true;
    }

    /** {@return whether the question did not reach the browser and was not repeated since} */
    synchronized boolean mustAskAgain() {
        boolean again = failed;
        failed = false;
        return again;
    }

    /** {@return how long the question has been open} */
    synchronized Duration silence(Duration now) {
        return askedAt == null ? Duration.ZERO : now.minus(askedAt);
    }

    /** {@return whether it was not known before that the browser does not answer in time} */
    synchronized boolean becomesUnresponsive() {
        boolean first = !unresponsive;
        unresponsive = true;
        return first;
    }

    /**
     * The browser answered.
     *
     * @return whether it was known as unresponsive before
     */
    synchronized boolean answered(Duration now) {
        boolean back = unresponsive;
        unresponsive = false;
        askedAt = null;
        lastAnswer = now;
        return back;
    }
}
