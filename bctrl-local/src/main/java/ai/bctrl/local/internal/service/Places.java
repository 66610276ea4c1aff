package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.service.Admission.Obstacle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the places for browsers in the order in which they were asked for. Thread-safe.
 *
 * <p>Who waits stands in a line, and the first in line get what is free. Where the client of one of them is between two
 * requests just then, the place is kept until it has come back or its grace is over. So nobody is overtaken, and nothing is
 * kept for somebody who has hung up.
 */
public final class Places implements AutoCloseable {

    /** How long somebody who was told to come again keeps the place in line. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(500);

    /**
     * How many there may be. Immutable.
     *
     * @param maxRuntimes browsers at a time; null where only the machine decides
     * @param maxWaiting requests in line
     * @param queueTimeout the longest time in line
     */
    public record Limits(@Nullable Integer maxRuntimes, int maxWaiting, Duration queueTimeout) {}

    /**
     * How it stands. Immutable.
     *
     * @param active places that are taken
     * @param waiting requests in line
     * @param reason why the first in line waits; without meaning where nobody does
     */
    record Standing(int active, int waiting, Obstacle reason) {}

    /** One in line. Guarded by the line. */
    private static final class Waiter {
        private final String key;
        private final boolean returns;
        private final long since = System.nanoTime();
        private PlaceRequest request;
        private long askedAt = since;

        /** Null while the client is between two requests. */
        private @Nullable CompletableFuture<Place> answer;

        /** The end of the hold, or of the grace. */
        private @Nullable ScheduledFuture<?> due;

        Waiter(@Nullable String key, PlaceRequest request) {
            this.returns = key != null;
            this.key = key == null ? UUID.randomUUID().toString() : key;
            this.request = request;
        }

        Duration waited() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        boolean isGone() {
            return answer != null && request.gone().getAsBoolean();
        }
    }

    /** Answers that are given when the line is let go of. */
    private interface Step {
        void take(List<Runnable> answers);
    }

    private final Limits limits;
    private final CapacityProblems problems;
    private final Admission admission;
    private final ScheduledExecutorService clock;
    private final LinkedHashMap<String, Waiter> line = new LinkedHashMap<>();
    private Obstacle obstacle = Obstacle.PLACES;
    private int active;
    private int starting;
    private boolean closed;

    /** Has all places free. */
    public Places(Limits limits, ScheduledExecutorService clock) {
        this(limits, new Admission(new Machine()::read, System::nanoTime), clock);
    }

    Places(Limits limits, Admission admission, ScheduledExecutorService clock) {
        this.limits = limits;
        this.problems = new CapacityProblems(limits, GRACE);
        this.admission = admission;
        this.clock = clock;
        var unused = clock.scheduleWithFixedDelay(
                () -> change(this::look), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Asks for a place, at the end of the line or where the same client stands in it.
     *
     * @return the place, to be released by the caller; fails with an {@link ApiProblem} 429 {@code capacity.waiting} when the
     *     request was held for as long as it may be, {@code capacity.timeout} when its client was in line for too long, 503
     *     when the control plane ends
     * @throws ApiProblem 429 {@code capacity.queue_full}; 503 when the control plane ends
     */
    public CompletionStage<Place> take(PlaceRequest request) {
        CompletableFuture<Place> answer = new CompletableFuture<>();
        change(answers -> join(request, answer, answers));
        return answer;
    }

    private void join(PlaceRequest request, CompletableFuture<Place> answer, List<Runnable> answers) {
        if (closed) {
            throw ApiProblem.shuttingDown();
        }
        Waiter known = request.key() == null ? null : line.get(request.key());
        Waiter waiter = known;
        if (waiter == null || waiter.answer != null) {
            // A second request at the same time stands in line for itself.
            waiter = new Waiter(waiter == null ? request.key() : null, request);
        }
        waiter.request = request;
        waiter.askedAt = System.nanoTime();
        waiter.answer = answer;
        cancel(waiter);
        line.put(waiter.key, waiter);
        serve(answers);
        if (!line.containsKey(waiter.key)) {
            return;
        }
        if (waiter != known && line.size() > limits.maxWaiting()) {
            line.remove(waiter.key);
            throw problems.full(standing());
        }
        Duration left = limits.queueTimeout().minus(waiter.waited());
        boolean last = left.compareTo(request.hold()) <= 0;
        Waiter own = waiter;
        schedule(own, last ? left : request.hold(), later -> leave(own, last, later));
    }

    /** Gives what is free to the first in line. */
    private void serve(List<Runnable> answers) {
        int kept = 0;
        for (Waiter waiter : List.copyOf(line.values())) {
            Obstacle inTheWay = obstacle(kept);
            if (inTheWay != null) {
                obstacle = inTheWay;
                return;
            }
            if (waiter.isGone()) {
                leave(waiter, false, answers);
            }
            CompletableFuture<Place> answer = waiter.answer;
            if (answer == null) {
                kept += line.containsKey(waiter.key) ? 1 : 0;
                continue;
            }
            line.remove(waiter.key);
            cancel(waiter);
            active++;
            starting++;
            Place place = new Place(Duration.ofNanos(System.nanoTime() - waiter.askedAt));
            answers.add(() -> answer.complete(place));
        }
    }

    private @Nullable Obstacle obstacle(int kept) {
        Integer max = limits.maxRuntimes();
        return max != null && active + kept >= max
                ? Obstacle.PLACES
                : admission.obstacle(active + kept, starting + kept);
    }

    /** Answers a request that cannot be held any longer. Its client may come again, if it has a name and time left. */
    private void leave(Waiter waiter, boolean forGood, List<Runnable> answers) {
        int position = List.copyOf(line.values()).indexOf(waiter) + 1;
        ApiProblem problem = forGood ? problems.timeout(position, standing()) : problems.waiting(position, standing());
        CompletableFuture<Place> answer = waiter.answer;
        if (answer != null) {
            answers.add(() -> answer.completeExceptionally(problem));
        }
        waiter.answer = null;
        cancel(waiter);
        if (waiter.returns && !forGood) {
            schedule(waiter, GRACE, later -> line.remove(waiter.key));
        } else {
            line.remove(waiter.key);
        }
    }

    /** Lets go of those that have hung up, and sees whether the machine has room again. */
    private void look(List<Runnable> answers) {
        for (Waiter waiter : List.copyOf(line.values())) {
            if (waiter.isGone()) {
                leave(waiter, false, answers);
            }
        }
        serve(answers);
    }

    private void change(Step step) {
        List<Runnable> answers = new ArrayList<>();
        synchronized (line) {
            step.take(answers);
        }
        answers.forEach(Runnable::run);
    }

    /** Does something about a waiter later, unless it is cancelled before. */
    private void schedule(Waiter waiter, Duration delay, Step step) {
        ScheduledFuture<?>[] own = new ScheduledFuture<?>[1];
        Step ifStillDue = answers -> {
            if (waiter.due == own[0]) {
                step.take(answers);
                serve(answers);
            }
        };
        try {
            own[0] = clock.schedule(() -> change(ifStillDue), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            waiter.due = own[0];
        } catch (RejectedExecutionException ending) {
            // close() answers everybody.
        }
    }

    private static void cancel(Waiter waiter) {
        ScheduledFuture<?> due = waiter.due;
        if (due != null) {
            due.cancel(false);
            waiter.due = null;
        }
    }

    /** {@return how it stands} */
    Standing standing() {
        synchronized (line) {
            return new Standing(active, line.size(), obstacle);
        }
    }

    /** {@return how many browsers there may be at a time, or null} */
    public @Nullable Integer maxRuntimes() {
        return limits.maxRuntimes();
    }

    /** {@return how many places are taken} */
    public int active() {
        return standing().active();
    }

    /** {@return how many requests wait} */
    public int waiting() {
        return standing().waiting();
    }

    /** {@return the bytes of memory that browsers can still have, or -1 where that is unknown} */
    public long memoryAvailable() {
        return admission.memoryAvailable();
    }

    /** Sends everybody in line away. Places that are taken may still be released. */
    @Override
    public void close() {
        change(answers -> {
            closed = true;
            for (Waiter waiter : line.values()) {
                cancel(waiter);
                CompletableFuture<Place> answer = waiter.answer;
                if (answer != null) {
                    answers.add(() -> answer.completeExceptionally(ApiProblem.shuttingDown()));
                }
            }
            line.clear();
        });
    }

    /** A place that is taken. Thread-safe. */
    public final class Place {

        private final Duration queued;
        private final AtomicBoolean started = new AtomicBoolean();
        private final AtomicBoolean released = new AtomicBoolean();

        private Place(Duration queued) {
            this.queued = queued;
        }

        /** {@return how long the request stood in line that got it} */
        Duration queued() {
            return queued;
        }

        /** Notes that the browser is up: what it needs of the machine shows from now on. */
        void started() {
            if (started.compareAndSet(false, true)) {
                change(answers -> {
                    starting--;
                    serve(answers);
                });
            }
        }

        /** Gives the place back, once nothing of the browser is left. Further calls do nothing. */
        void release() {
            started();
            if (released.compareAndSet(false, true)) {
                change(answers -> {
                    active--;
                    serve(answers);
                });
            }
        }
    }
}
