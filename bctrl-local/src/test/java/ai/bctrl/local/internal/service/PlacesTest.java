package ai.bctrl.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlacesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicBoolean scarce = new AtomicBoolean();

    @AfterEach
    void close() {
        clock.shutdownNow();
    }

    private Places places(@Nullable Integer max, int maxWaiting, Duration queueTimeout) {
        Machine.Reading roomy = new Machine.Reading(8L << 30, 8L << 30, 0, 0);
        Machine.Reading full = new Machine.Reading(0, 8L << 30, 0, 0);
        return new Places(
                new Places.Limits(max, maxWaiting, queueTimeout),
                new Admission(() -> scarce.get() ? full : roomy, System::nanoTime),
                clock);
    }

    private Places places(int max) {
        return places(max, 256, Duration.ofMinutes(5));
    }

    private static CompletableFuture<Places.Place> take(Places places, @Nullable String key, Duration hold) {
        return places.take(new PlaceRequest(key, hold, () -> false)).toCompletableFuture();
    }

    private static Places.Place taken(CompletableFuture<Places.Place> asked) throws Exception {
        return asked.get(15, TimeUnit.SECONDS);
    }

    private static ApiProblem refused(CompletableFuture<Places.Place> asked) {
        try {
            asked.orTimeout(15, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ApiProblem problem) {
                return problem;
            }
            throw failed;
        }
        throw new AssertionError("a place was given");
    }

    @Test
    void givesPlacesInTheOrderInWhichTheyWereAskedFor() throws Exception {
        Places places = places(1);
        Places.Place first = taken(take(places, null, LONG));
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            all.add(take(places, i % 2 == 0 ? "k" + i : null, LONG).thenAccept(place -> {
                order.add(number);
                place.release();
            }));
        }
        assertThat(places.waiting()).isEqualTo(50);
        first.release();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(order).isSorted().hasSize(50);
        assertThat(places.active()).isZero();
    }

    @Test
    void tellsWhereOneStandsAndKeepsThePlaceInLineForTheSameKey() throws Exception {
        Places places = places(1);
        Places.Place first = taken(take(places, null, LONG));
        CompletableFuture<Places.Place> a = take(places, "a", Duration.ZERO);
        ApiProblem told = refused(a);
        assertThat(told.status()).isEqualTo(429);
        assertThat(told.code()).isEqualTo("capacity.waiting");
        assertThat(told.details())
                .containsEntry("position", 1)
                .containsEntry("waiting", 1)
                .containsEntry("active", 1)
                .containsEntry("maxRuntimes", 1)
                .containsEntry("reason", "places");
        CompletableFuture<Places.Place> b = take(places, "b", LONG);
        // The place becomes free while the first in line is between two requests: it is kept.
        first.release();
        assertThat(b).isNotDone();
        Places.Place forA = taken(take(places, "a", LONG));
        assertThat(b).isNotDone();
        forA.release();
        taken(b).release();
        assertThat(places.active()).isZero();
    }

    @Test
    void keepsOnePlaceAndGivesTheNextToTheNext() throws Exception {
        Places places = places(2);
        Places.Place one = taken(take(places, null, LONG));
        Places.Place two = taken(take(places, null, LONG));
        refused(take(places, "a", Duration.ZERO));
        CompletableFuture<Places.Place> b = take(places, "b", LONG);
        one.release();
        assertThat(b).isNotDone();
        two.release();
        taken(b);
        taken(take(places, "a", LONG));
        assertThat(places.active()).isEqualTo(2);
    }

    @Test
    void forgetsOneThatDoesNotComeAgain() throws Exception {
        Places places = places(1);
        Places.Place first = taken(take(places, null, LONG));
        refused(take(places, "a", Duration.ZERO));
        refused(take(places, null, Duration.ZERO));
        assertThat(places.waiting()).isEqualTo(1);
        CompletableFuture<Places.Place> b = take(places, "b", LONG);
        long start = System.nanoTime();
        first.release();
        taken(b).release();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Places.GRACE.plusSeconds(3));
        assertThat(places.waiting()).isZero();
    }

    @Test
    void givesNothingToOneThatHasHungUp() throws Exception {
        Places places = places(1);
        Places.Place first = taken(take(places, null, LONG));
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Places.Place> a =
                places.take(new PlaceRequest(null, LONG, gone::get)).toCompletableFuture();
        CompletableFuture<Places.Place> b = take(places, null, LONG);
        gone.set(true);
        first.release();
        taken(b);
        assertThat(refused(a).code()).isEqualTo("capacity.waiting");
    }

    @Test
    void letsGoOfOneThatHangsUpInTheMiddleOfTheLine() throws Exception {
        Places places = places(1);
        taken(take(places, null, LONG));
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Places.Place> a =
                places.take(new PlaceRequest(null, LONG, gone::get)).toCompletableFuture();
        CompletableFuture<Places.Place> b = take(places, null, LONG);
        gone.set(true);
        refused(a);
        assertThat(b).isNotDone();
        assertThat(places.waiting()).isEqualTo(1);
    }

    @Test
    void refusesWhenTheLineIsFull() throws Exception {
        Places places = places(1, 2, Duration.ofMinutes(5));
        Places.Place first = taken(take(places, null, LONG));
        refused(take(places, "a", Duration.ZERO));
        CompletableFuture<Places.Place> b = take(places, "b", LONG);
        assertThatThrownBy(() -> take(places, "c", LONG)).isInstanceOfSatisfying(ApiProblem.class, full -> {
            assertThat(full.code()).isEqualTo("capacity.queue_full");
            assertThat(full.details()).containsEntry("waiting", 2).containsEntry("position", 3);
        });
        // Who is in line already may come again.
        CompletableFuture<Places.Place> a = take(places, "a", LONG);
        first.release();
        taken(a).release();
        taken(b);
    }

    @Test
    void endsTheWaitAfterTheQueueTimeout() throws Exception {
        Places places = places(1, 256, Duration.ofMillis(300));
        taken(take(places, null, LONG));
        ApiProblem told = refused(take(places, "a", LONG));
        assertThat(told.code()).isEqualTo("capacity.timeout");
        assertThat(told.getMessage()).contains("queueTimeout");
        assertThat(places.waiting()).isZero();
    }

    @Test
    void waitsForMemoryAndSaysSo() throws Exception {
        Places places = places(null, 256, Duration.ofMinutes(5));
        scarce.set(true);
        taken(take(places, null, LONG));
        ApiProblem told = refused(take(places, "a", Duration.ZERO));
        assertThat(told.details()).containsEntry("reason", "memory").doesNotContainKey("maxRuntimes");
        CompletableFuture<Places.Place> a = take(places, "a", LONG);
        scarce.set(false);
        // Nobody releases anything: the machine is looked at again.
        taken(a);
    }

    @Test
    void sendsEverybodyAwayAtTheEnd() throws Exception {
        Places places = places(1);
        Places.Place first = taken(take(places, null, LONG));
        CompletableFuture<Places.Place> a = take(places, "a", LONG);
        places.close();
        assertThat(refused(a).code()).isEqualTo("server.shutting_down");
        first.release();
        first.release();
        assertThat(places.active()).isZero();
        assertThatThrownBy(() -> take(places, "b", LONG)).isInstanceOf(ApiProblem.class);
    }
}
