package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.BctrlClient;
import ai.bctrl.error.BctrlInterruptedException;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients that want few places: each is a thread with a client of its own. While all places are taken they get in line, one
 * after the other; then it begins. Some hang up while they wait. Used once.
 */
final class Crowd {
    private static final String BROWSER = "{\"type\":\"browser\"}";

    private final LocalBctrl local;
    private final MeasuredEngine engine;
    private final Api api;
    private final String runtimes;
    private final int places;
    private final int leastHold;
    private final Random random = new Random(8);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, Integer> served = new ConcurrentHashMap<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<PhaseTimes> phases = new CopyOnWriteArrayList<>();

    /** Clients hold their browser for this time and up to five times as long. */
    Crowd(LocalBctrl local, MeasuredEngine engine, int places, int leastHold) {
        this.local = local;
        this.engine = engine;
        this.api = Api.of(local);
        this.runtimes = "/v1/spaces/" + api.defaultSpace() + "/runtimes";
        this.places = places;
        this.leastHold = leastHold;
    }

    /** How it went: what was busy on average of all places until the last was given, from 0 to 1. */
    double run(int clients, int quitters) throws InterruptedException {
        List<String> blockers = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            blockers.add(api.post(runtimes, BROWSER).expect(200).text("id"));
        }
        List<Thread> threads = new ArrayList<>();
        List<Thread> leaving = new ArrayList<>();
        for (int i = 0; i < clients + quitters; i++) {
            // The last that come are the first to go.
            boolean quits = i >= clients;
            int number = i;
            int hold = leastHold + random.nextInt(4 * leastHold);
            Thread thread = new Thread(() -> live(number, hold, quits), "client-" + number);
            thread.setDaemon(true);
            (quits ? leaving : threads).add(thread);
            thread.start();
            inLine(i + 1);
        }
        leaving.forEach(Thread::interrupt);
        inLine(clients);
        long start = System.nanoTime();
        blockers.parallelStream()
                .forEach(id ->
                        api.send("POST", runtimes + "/" + id + "/stop", null).expect(200));
        for (Thread thread : threads) {
            thread.join(Duration.ofMinutes(2).toMillis());
            assertThat(thread.isAlive()).as(thread.getName() + " starves").isFalse();
        }
        assertThat(failures).isEmpty();
        assertThat(served).hasSize(clients);
        assertThat(engine.most()).isEqualTo(places);
        double busy = engine.busy(start, engine.lastLaunch()) / places;
        everybodyInTurn();
        noPlaceIsLost();
        return busy;
    }

    private void live(int number, int hold, boolean quits) {
        try (BctrlClient client = BctrlClient.builder()
                        .apiKey(local.apiKey())
                        .baseUrl(local.baseUrl())
                        .build();
                RuntimeLease lease = ApiRuntimeProvider.of(client)
                        .acquire(RuntimeSpec.builder()
                                .queueTimeout(Duration.ofMinutes(3))
                                .build())) {
            served.put(lease.runtimeId(), number);
            phases.add(lease.phases());
            LockSupport.parkNanos(Duration.ofMillis(hold).toNanos());
        } catch (BctrlInterruptedException left) {
            if (!quits) {
                failures.add(left);
            }
        } catch (RuntimeException failed) {
            failures.add(failed);
        }
    }

    private void inLine(int number) {
        Poll.until(number + " in line", Duration.ofSeconds(20), () -> {
            // One that comes and goes, and counts itself.
            waiting.set(api.send("POST", runtimes, BROWSER, "Prefer", "wait=0")
                    .expectError(429, "capacity.waiting")
                    .object("details")
                    .get("waiting")
                    .getAsInt());
            return waiting.get() == number + 1;
        });
    }

    /** Launches that are made at the same time may pass each other on the way from the line to the engine. */
    private void everybodyInTurn() {
        List<Integer> order = engine.launches().stream()
                .filter(served::containsKey)
                .map(served::get)
                .toList();
        for (int turn = 0; turn < order.size(); turn++) {
            assertThat(Math.abs(order.get(turn) - turn))
                    .as("client %s came as number %s", order.get(turn), turn)
                    .isLessThan(places);
        }
        assertThat(phases)
                .allSatisfy(times -> assertThat(times.phases().stream().map(PhaseTimes.Phase::name))
                        .containsExactly("space", "queue", "create", "connection"));
    }

    private void noPlaceIsLost() {
        for (int i = 0; i < places; i++) {
            api.post(runtimes, BROWSER).expect(200);
        }
        Reply full = api.send("POST", runtimes, BROWSER, "Prefer", "wait=0").expectError(429, "capacity.waiting");
        assertThat(full.object("details").get("active").getAsInt()).isEqualTo(places);
        assertThat(full.object("details").get("waiting").getAsInt()).isEqualTo(1);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
