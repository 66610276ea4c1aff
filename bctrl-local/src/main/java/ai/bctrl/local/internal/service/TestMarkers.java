package ai.bctrl.local.internal.service;

import ai.bctrl.internal.json.Json;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.NewEvent;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.AddRunEventsRequest;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEventList;
import ai.bctrl.model.RunOutcome;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tests tell of themselves: events of the kind {@code test} in the run of their browser, and the run's {@code test}.
 * Thread-safe.
 */
public final class TestMarkers {

    private static final String STARTED = "test.started";
    private static final String FINISHED = "test.finished";
    private static final Pattern TYPE = Pattern.compile("test\\.[a-z][a-z0-9_.]{0,100}");
    private static final int MAX_EVENTS = 100;
    private static final int MAX_DATA = 16 << 10;
    private static final int MAX_TEXT = 2000;

    /** The keys of a runtime's metadata, and what they are called in an event. */
    private static final Map<String, String> METADATA = Map.of(
            "bctrlTestClass", "class",
            "bctrlTestMethod", "method",
            "bctrlTest", "displayName",
            "bctrlTestInvocation", "invocation",
            "bctrlTestAttempt", "attempt");

    private final Database database;
    private final RunStore runs;
    private final Events events;
    private final UnaryOperator<String> redaction;
    private final InstantSource clock;

    /**
     * Creates the markers of a database.
     *
     * @param redaction takes out of a text what looks like a secret
     */
    public TestMarkers(Database database, Events events, UnaryOperator<String> redaction, InstantSource clock) {
        this.database = database;
        this.runs = new RunStore(database);
        this.events = events;
        this.redaction = redaction;
        this.clock = clock;
    }

    /**
     * Adds events to a run, which may be over: wholly or not at all.
     *
     * @return the events as they are kept
     * @throws ApiProblem 404; 400 for an event that does not fit
     */
    public RunEventList add(String runId, AddRunEventsRequest request) {
        int count = request.events().size();
        if (count < 1 || count > MAX_EVENTS) {
            throw ApiProblem.invalid("events", "events must be 1 to " + MAX_EVENTS + " events but are " + count + ".");
        }
        database.room().require();
        return database.change(() -> {
            Run run = runs.find(runId);
            if (run == null) {
                throw ApiProblem.notFound("run", runId);
            }
            List<NewEvent> added = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                added.add(event(run, request.events().get(i), "events[" + i + "]"));
            }
            added.forEach(this::remember);
            return new RunEventList(events.appendAndRead(added), null);
        });
    }

    private NewEvent event(Run run, NewRunEvent event, String field) {
        if (!TYPE.matcher(event.type()).matches()) {
            throw ApiProblem.invalid(
                    field + ".type", field + ".type must begin with 'test.', such as test.step.started.");
        }
        JsonObject data = event.data();
        if (data != null && Json.write(data).getBytes(StandardCharsets.UTF_8).length > MAX_DATA) {
            throw ApiProblem.invalid(
                    field + ".data", field + ".data must have at most " + MAX_DATA + " bytes as JSON.");
        }
        return event(
                run.id(),
                run.runtimeId(),
                event.type(),
                time(event, field),
                data == null ? null : redacted(data).getAsJsonObject());
    }

    /** What clients tell is kept as long as the run; they may not have looked for secrets. */
    private JsonElement redacted(JsonElement value) {
        if (value instanceof JsonObject object) {
            JsonObject safe = new JsonObject();
            object.entrySet().forEach(member -> safe.add(member.getKey(), redacted(member.getValue())));
            return safe;
        } else if (value instanceof JsonArray array) {
            JsonArray safe = new JsonArray();
            array.forEach(element -> safe.add(redacted(element)));
            return safe;
        }
        boolean text = value instanceof JsonPrimitive plain && plain.isString();
        return text ? new JsonPrimitive(redaction.apply(value.getAsString())) : value;
    }

    private static NewEvent event(String runId, String runtimeId, String type, String time, @Nullable JsonObject data) {
        return new NewEvent(runId, runtimeId, type, "test", "client", null, null, null, data, time);
    }

    private String time(NewRunEvent event, String field) {
        if (event.time() == null) {
            return Timestamps.now(clock);
        }
        try {
            return Timestamps.format(OffsetDateTime.parse(event.time()).toInstant());
        } catch (DateTimeException malformed) {
            throw ApiProblem.invalid(
                    field + ".time", field + ".time must be RFC 3339, such as 2027-01-31T12:00:00.000Z.");
        }
    }

    /** Writes the begin of the test that a runtime was created for, if its metadata name one; within a change. */
    void startedWith(StoredRuntime runtime) {
        JsonObject metadata = runtime.metadata();
        if (metadata == null || !metadata.has("bctrlTestClass")) {
            return;
        }
        JsonObject data = new JsonObject();
        METADATA.forEach((key, name) -> copy(metadata.get(key), data, name));
        NewEvent started = event(runtime.runId(), runtime.id(), STARTED, runtime.createdAt(), data);
        remember(started);
        events.append(List.of(started));
    }

    private void remember(NewEvent event) {
        JsonObject data = event.data() == null ? new JsonObject() : event.data();
        if (event.type().equals(STARTED)) {
            JsonObject test = new JsonObject();
            METADATA.values().stream().sorted().forEach(name -> copy(data.get(name), test, name));
            runs.beginTest(event.runId(), test, names(test));
        } else if (event.type().equals(FINISHED)) {
            RunOutcome outcome = outcome(data.get("outcome"));
            runs.endTest(event.runId(), worse(runs.outcome(event.runId()), outcome));
        }
    }

    private static void copy(@Nullable JsonElement value, JsonObject into, String name) {
        if (!(value instanceof JsonPrimitive plain)) {
            return;
        }
        boolean cut = plain.isString() && plain.getAsString().length() > MAX_TEXT;
        into.add(name, cut ? new JsonPrimitive(plain.getAsString().substring(0, MAX_TEXT - 1) + "\u2026") : plain);
    }

    private static String names(JsonObject test) {
        return Stream.of("class", "method", "displayName")
                .map(test::get)
                .filter(Objects::nonNull)
                .map(JsonElement::getAsString)
                .collect(Collectors.joining("."));
    }

    private static RunOutcome outcome(@Nullable JsonElement value) {
        for (RunOutcome outcome : RunOutcome.values()) {
            if (outcome != RunOutcome.UNKNOWN
                    && value instanceof JsonPrimitive text
                    && text.getAsString().equals(outcome.wireName())) {
                return outcome;
            }
        }
        throw ApiProblem.invalid("outcome", "The data of test.finished must have outcome: passed, failed or aborted.");
    }

    /** A run may hold several tests; one that failed is what matters. */
    private static RunOutcome worse(@Nullable RunOutcome before, RunOutcome now) {
        List<RunOutcome> order = List.of(RunOutcome.PASSED, RunOutcome.ABORTED, RunOutcome.FAILED);
        return before == null || order.indexOf(now) > order.indexOf(before) ? now : before;
    }
}
