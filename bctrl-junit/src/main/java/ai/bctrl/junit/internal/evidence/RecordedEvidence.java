package ai.bctrl.junit.internal.evidence;

import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.junit.internal.har.Exchange;
import ai.bctrl.junit.internal.har.HarFile;
import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.trace.Action;
import ai.bctrl.junit.internal.trace.ConsoleLine;
import ai.bctrl.junit.internal.trace.TraceFile;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the driver recorded while the test ran: the trace with its actions and console, and the network log. Needs no browser
 * any more. First everything is looked through for secrets, then it is written without them. Not thread-safe.
 */
final class RecordedEvidence {
    private static final int MOST_LINES = TraceFile.MOST_CONSOLE_LINES;
    private static final long LARGEST_TRACE = 100_000_000;
    private static final long LARGEST_BODY = 256 * 1024;
    private static final long LARGEST_NETWORK = 20_000_000;

    private final Attempt attempt;
    private final Bundle bundle;
    private @Nullable TraceFile trace;
    private @Nullable HarFile network;
    private List<Action> actions = List.of();
    private List<ConsoleLine> console = List.of();
    private List<Exchange> exchanges = List.of();

    RecordedEvidence(Attempt attempt, Bundle bundle) {
        this.attempt = attempt;
        this.bundle = bundle;
    }

    /** {@return the test's actions, without secrets once they are written} */
    List<Action> actions() {
        return actions;
    }

    List<ConsoleLine> console() {
        return console;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    void read(@Nullable Path traceZip, @Nullable Path networkLog) {
        Redaction secrets = attempt.redaction();
        if (traceZip != null) {
            try {
                TraceFile read = TraceFile.read(traceZip);
                read.learnSecrets(secrets);
                trace = read;
            } catch (IOException | RuntimeException | VirtualMachineError broken) {
                ofTrace(reason(broken));
            }
        } else {
            ofTrace(attempt.plan().recordsTrace() ? "the browser was gone before it recorded any" : "tracing is off");
        }
        if (networkLog != null) {
            try {
                HarFile read = HarFile.read(networkLog);
                read.learnSecrets(secrets);
                network = read;
            } catch (IOException | RuntimeException | VirtualMachineError broken) {
                bundle.missing(EvidenceKind.NETWORK, reason(broken));
            }
        }
    }

    private void ofTrace(String reason) {
        bundle.missing(EvidenceKind.TRACE, reason);
        bundle.missing(EvidenceKind.ACTIONS, reason);
        bundle.missing(EvidenceKind.CONSOLE, reason);
    }

    /** Writes the small files, which tell most. */
    void writeTexts() {
        TraceFile read = trace;
        if (read == null) {
            return;
        }
        Redaction secrets = attempt.redaction();
        actions = last(EvidenceKind.ACTIONS, read.actions(), read.actions().size()).stream()
                .map(action -> action.redacted(secrets))
                .toList();
        console = last(EvidenceKind.CONSOLE, read.console(), read.consoleLines()).stream()
                .map(line -> line.redacted(secrets))
                .toList();
        write(EvidenceKind.ACTIONS, "actions.json", lines(actions, RecordedEvidence::json));
        write(EvidenceKind.CONSOLE, "console.json", lines(console, RecordedEvidence::json));
    }

    /** Writes what can be large. */
    void writeFiles() {
        Redaction secrets = attempt.redaction();
        UnaryOperator<String> redact = attempt.redact();
        HarFile log = network;
        if (log != null) {
            exchanges = log.exchanges().stream()
                    .map(exchange -> exchange.redacted(secrets))
                    .toList();
            file(
                    EvidenceKind.NETWORK,
                    "network.har",
                    "application/json",
                    draft -> log.write(secrets, draft, LARGEST_BODY, LARGEST_NETWORK),
                    redact);
        }
        TraceFile read = trace;
        if (read != null) {
            file(
                    EvidenceKind.TRACE,
                    "trace.zip",
                    "application/zip",
                    draft -> read.write(secrets, draft, LARGEST_TRACE),
                    redact);
        }
    }

    /** Writes a file and tells what had to be left out of it. */
    @FunctionalInterface
    private interface Writing {
        List<String> write(Path draft) throws IOException;
    }

    private void file(EvidenceKind kind, String name, String mediaType, Writing writing, UnaryOperator<String> redact) {
        if (!bundle.wants(kind)) {
            return;
        }
        Path draft = bundle.draft(name);
        try {
            List<String> remarks = writing.write(draft);
            bundle.finish(kind.label(), name, mediaType, Instant.now(), null);
            remarks.forEach(remark -> bundle.missing(kind, redact.apply(remark)));
        } catch (IOException | RuntimeException | VirtualMachineError failure) {
            bundle.missing(kind, reason(failure));
            bundle.drop(draft);
        }
    }

    private <T> List<T> last(EvidenceKind kind, List<T> read, int total) {
        List<T> last = read.subList(Math.max(0, read.size() - MOST_LINES), read.size());
        if (last.size() < total) {
            bundle.missing(kind, "only the last " + last.size() + " of " + total + " were kept");
        }
        return last;
    }

    private void write(EvidenceKind kind, String name, String text) {
        if (bundle.wants(kind)) {
            try {
                bundle.writeText(kind.label(), name, "application/json", text);
            } catch (IOException failure) {
                bundle.missing(kind, reason(failure));
            }
        }
    }

    private static <T> String lines(List<T> rows, Function<T, JsonElement> json) {
        return rows.stream().map(row -> json.apply(row).toString()).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static JsonObject json(Action action) {
        JsonObject json = new JsonObject();
        json.addProperty("time", action.time().toString());
        json.addProperty("durationMs", action.duration().toMillis());
        json.addProperty("title", action.title());
        json.addProperty("call", action.call());
        addIfPresent(json, "locator", action.locator());
        addIfPresent(json, "value", action.value());
        if (action.page() > 0) {
            json.addProperty("page", action.page());
        }
        addIfPresent(json, "error", action.error());
        return json;
    }

    private static JsonObject json(ConsoleLine line) {
        JsonObject json = new JsonObject();
        json.addProperty("time", line.time().toString());
        json.addProperty("level", line.level());
        json.addProperty("text", line.text());
        addIfPresent(json, "url", line.url());
        if (line.line() > 0) {
            json.addProperty("line", line.line());
        }
        if (line.page() > 0) {
            json.addProperty("page", line.page());
        }
        return json;
    }

    private static void addIfPresent(JsonObject json, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.addProperty(name, value);
        }
    }

    private String reason(Throwable failure) {
        return attempt.redact().apply(FailureText.firstLine(failure));
    }
}
