package ai.bctrl.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.EventStream;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BadRequestException;
import ai.bctrl.error.BctrlConnectionException;
import ai.bctrl.error.BctrlTimeoutException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.RunEnd;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventStreamTest {
    private static final int MANY = 10_000;
    private static final int CUTS = 50;
    private static final int WANTED = 10;
    private static final EventQuery ALL = EventQuery.builder().build();
    private static final EventQuery TESTS =
            EventQuery.builder().kind(List.of("test")).build();

    private final TestServer server = TestServer.start();
    private final Api api = server.api;
    private final String runtime = api.newRuntime();
    private final String run = api.get(runtime).text("activeRunId");
    private final BctrlClient client = client(server.local.baseUrl());

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private BctrlClient client(String baseUrl) {
        return BctrlClient.builder()
                .apiKey(server.local.apiKey())
                .baseUrl(baseUrl)
                .build();
    }

    private static NewRunEvent numbered(int number) {
        JsonObject data = new JsonObject();
        data.addProperty("number", number);
        data.addProperty("text", "\u20ac\n: event: data");
        return NewRunEvent.of(number % WANTED == 0 ? "test.wanted" : "test.number", data);
    }

    private void tell(int from, int to) {
        for (int begin = from; begin < to; begin += 100) {
            client.runs()
                    .addEvents(
                            run,
                            IntStream.range(begin, Math.min(begin + 100, to))
                                    .mapToObj(EventStreamTest::numbered)
                                    .toList());
        }
    }

    /** Writes many events while they are read, and ends the run. */
    private CompletableFuture<Void> tellManyAndEnd() {
        return CompletableFuture.runAsync(() -> {
            tell(0, MANY);
            api.send("POST", runtime + "/stop", null).expect(200);
        });
    }

    private static int number(RunEvent event) {
        return Objects.requireNonNull(event.data()).get("number").getAsInt();
    }

    private static List<Integer> numbers(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.type().startsWith("test."))
                .map(EventStreamTest::number)
                .toList();
    }

    private static List<Integer> allNumbers() {
        return IntStream.range(0, MANY).boxed().toList();
    }

    private static List<RunEvent> drain(EventStream events) {
        List<RunEvent> all = new ArrayList<>();
        while (events.hasNext()) {
            all.add(events.next());
        }
        return all;
    }

    @Test
    void givesEachOfManyEventsOnceAndInOrderThoughItsConnectionIsCutFiftyTimes() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.local.baseUrl(), CUTS, 80_000, 4);
                BctrlClient cut = client(proxy.baseUrl());
                EventStream events = cut.runs().stream(run, ALL)) {
            CompletableFuture<Void> telling = tellManyAndEnd();
            List<RunEvent> seen = drain(events);
            telling.get(10, TimeUnit.SECONDS);
            assertThat(numbers(seen)).isEqualTo(allNumbers());
            assertThat(seen.stream().map(RunEvent::id)).doesNotHaveDuplicates();
            assertThat(seen.stream().map(event -> event.extra().get("sequence").getAsLong()))
                    .isSorted();
            assertThat(seen.get(0).type()).isEqualTo("runtime.started");
            assertThat(seen.get(seen.size() - 1).type()).isEqualTo("run.completed");
            assertThat(events.end()).extracting(RunEnd::status).isEqualTo(RunStatus.COMPLETED);
            assertThat(proxy.cuts()).isEqualTo(CUTS);
        }
    }

    @Test
    void resumesAPlainReaderThatNamesItsLastEvent() throws Exception {
        CompletableFuture<Void> telling = tellManyAndEnd();
        Random random = new Random(5);
        List<RunEvent> seen = new ArrayList<>();
        String last = null;
        int cuts = 0;
        boolean ended = false;
        while (!ended) {
            int budget = cuts < CUTS ? 1 + random.nextInt(2 * MANY / CUTS) : Integer.MAX_VALUE;
            List<String> frames = read(last, budget);
            cuts++;
            for (String frame : frames) {
                if (frame.startsWith("event: run.ended")) {
                    ended = true;
                } else if (frame.startsWith("event: run.event")) {
                    seen.add(Json.read(frame.substring(frame.indexOf("data: ") + 6), RunEvent.class));
                    last = seen.get(seen.size() - 1).id();
                }
            }
        }
        telling.get(10, TimeUnit.SECONDS);
        assertThat(numbers(seen)).isEqualTo(allNumbers());
        assertThat(cuts).isGreaterThan(CUTS / 2);
    }

    /** The first frames after an event, by hand; hangs up in the middle of the next one. */
    private List<String> read(@Nullable String lastEventId, int limit) throws IOException {
        URI base = URI.create(server.local.baseUrl());
        List<String> frames = new ArrayList<>();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET /v1/runs/" + run + "/events/stream HTTP/1.1\r\nHost: " + base.getAuthority()
                    + "\r\nAuthorization: Bearer " + server.local.apiKey()
                    + (lastEventId == null ? "" : "\r\nLast-Event-ID: " + lastEventId) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder frame = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean sse = line.startsWith("event: ") || line.startsWith("id: ") || line.startsWith("data: ");
                if (sse) {
                    frame.append(line).append('\n');
                } else if (line.isEmpty() && frame.length() > 0) {
                    frames.add(frame.toString().strip());
                    frame.setLength(0);
                    if (frames.size() >= limit || frames.get(frames.size() - 1).startsWith("event: run.ended")) {
                        return frames;
                    }
                }
            }
        }
        return frames;
    }

    @Test
    void givesEachOfManyEventsOnceToOneWhoWaitsForThemAndIsCutFiftyTimes() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.local.baseUrl(), CUTS, 16_000, 6);
                BctrlClient cut = client(proxy.baseUrl())) {
            CompletableFuture<Void> telling = CompletableFuture.runAsync(() -> tell(0, MANY));
            List<Integer> seen = new ArrayList<>();
            String cursor = null;
            while (seen.size() < MANY / WANTED) {
                WaitForEventRequest.Builder next = WaitForEventRequest.builder()
                        .type(List.of("test.wanted"))
                        .timeoutMs(10_000);
                try {
                    WaitedEvent waited = cut.runs()
                            .waitForEvent(
                                    run,
                                    (cursor == null ? next : next.cursor(cursor)).build(),
                                    RequestOptions.none().withMaxRetries(0));
                    seen.add(number(Objects.requireNonNull(waited.event())));
                    cursor = waited.cursor();
                } catch (BctrlConnectionException lost) {
                    // Asked again from the same place.
                }
            }
            telling.get(10, TimeUnit.SECONDS);
            assertThat(seen)
                    .isEqualTo(allNumbers().stream()
                            .filter(number -> number % WANTED == 0)
                            .toList());
            assertThat(proxy.cuts()).isEqualTo(CUTS);
        }
    }

    @Test
    void beginsWhereItIsTold() {
        tell(0, 5);
        List<RunEvent> told = client.runs().events(run, TESTS).items();
        String page = client.runs()
                .events(run, EventQuery.builder().kind(List.of("test")).limit(2).build())
                .nextCursor();
        api.send("POST", runtime + "/stop", null).expect(200);
        for (String cursor : List.of(Objects.requireNonNull(told.get(1).id()), Objects.requireNonNull(page))) {
            try (EventStream events = client.runs().stream(
                    run,
                    EventQuery.builder().kind(List.of("test")).cursor(cursor).build())) {
                assertThat(numbers(drain(events))).containsExactly(2, 3, 4);
            }
        }
    }

    @Test
    void filtersAsTheListDoes() {
        Reply connection = api.newConnection(runtime).expect(200);
        tell(0, 3);
        api.send("POST", runtime + "/stop", null).expect(200);
        try (EventStream events = client.runs().stream(
                run, EventQuery.builder().connectionId(connection.text("id")).build())) {
            assertThat(drain(events).stream().map(RunEvent::type)).containsExactly("connection.created");
        }
        try (EventStream events = client.runs().stream(
                run,
                EventQuery.builder()
                        .type(List.of("run.started", "run.completed"))
                        .build())) {
            assertThat(drain(events)).hasSize(2);
            assertThat(events.isEnded()).isTrue();
        }
    }

    @Test
    void goesAtTheReadersSpeedAndKeepsNothingForIt() {
        try (EventStream events = client.runs().stream(run, TESTS)) {
            tell(0, 3000);
            assertThat(events.poll(Duration.ofSeconds(5))).isNotNull();
            for (int i = 1; i < 3000; i++) {
                RunEvent event = events.poll(Duration.ofSeconds(5));
                assertThat(event).isNotNull();
                assertThat(number(Objects.requireNonNull(event))).isEqualTo(i);
            }
            assertThat(events.poll(Duration.ZERO)).isNull();
            assertThat(events.isEnded()).isFalse();
        }
    }

    @Test
    void servesManyReadersWithFewThreads() {
        List<EventStream> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readers.add(client.runs().stream(run, TESTS));
        }
        long before = serverThreads();
        tell(0, 20);
        assertThat(readers).allSatisfy(reader -> {
            for (int i = 0; i < 20; i++) {
                assertThat(number(reader.next())).isEqualTo(i);
            }
        });
        assertThat(before).isLessThan(70);
        readers.forEach(EventStream::close);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("bctrl-events-"));
    }

    private static long serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bctrl-http"))
                .count();
    }

    @Test
    void saysWhenNothingCameInTime() {
        try (EventStream events =
                client.runs().stream(run, TESTS, RequestOptions.none().withTimeout(Duration.ofMillis(100)))) {
            assertThatThrownBy(events::hasNext)
                    .isInstanceOf(BctrlTimeoutException.class)
                    .hasMessageContaining(run);
            tell(0, 1);
            assertThat(events.poll(Duration.ofSeconds(5))).isNotNull();
        }
    }

    @Test
    void endsWithTheControlPlane() {
        try (EventStream events =
                client.runs().stream(run, ALL, RequestOptions.none().withTimeout(Duration.ofSeconds(10)))) {
            server.local.close();
            List<RunEvent> seen = drain(events);
            assertThat(seen.get(seen.size() - 1).type()).isEqualTo("run.completed");
            assertThat(events.end()).extracting(RunEnd::reason).isEqualTo("control plane is shutting down");
        }
    }

    @Test
    void tellsThatTheServiceIsGone() throws IOException {
        CuttingProxy proxy = new CuttingProxy(server.local.baseUrl(), 0, 1, 1);
        try (BctrlClient cut = client(proxy.baseUrl());
                EventStream events =
                        cut.runs().stream(run, TESTS, RequestOptions.none().withTimeout(Duration.ofMillis(700)))) {
            proxy.close();
            tell(0, 100);
            assertThatThrownBy(() -> drainWithPatience(events)).isInstanceOf(BctrlConnectionException.class);
        }
    }

    /** Whoever waits may be out of patience before the reader is. */
    private static void drainWithPatience(EventStream events) {
        for (int i = 0; i < 50; i++) {
            try {
                var unused = drain(events);
                return;
            } catch (BctrlTimeoutException early) {
                // It may be asked again.
            }
        }
    }

    @Test
    void refusesAtOnceWhatTheServiceRefuses() {
        String nobody = "00000000-0000-0000-0000-000000000000";
        assertThatThrownBy(() -> client.runs().stream(nobody, ALL)).isInstanceOf(NotFoundException.class);
        for (String cursor : List.of("x", nobody)) {
            assertThatThrownBy(() -> client.runs().stream(
                            run, EventQuery.builder().cursor(cursor).build()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("cursor");
        }
    }

    @Test
    void closesFromAnotherThread() throws Exception {
        EventStream events = client.runs().stream(run, TESTS);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(events::close);
        closing.get(5, TimeUnit.SECONDS);
        assertThat(events.hasNext()).isFalse();
        assertThat(events.isEnded()).isFalse();
    }
}
