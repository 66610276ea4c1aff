package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.CommandQuery;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunCommand;
import ai.bctrl.model.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** Reads what the service recorded of the run; runs on a thread of its own. */
final class ApiEvidence {
    private static final int PAGE_SIZE = 200;
    private static final int MOST_ROWS = 5000;
    private static final int MOST_ARTIFACTS = 50;
    private static final long LARGEST_ARTIFACT = 50L * 1024 * 1024;

    private final BctrlClient client;
    private final String runId;
    private final UnaryOperator<String> redaction;
    private final Bundle bundle;
    private final long deadline;
    private volatile List<RunEvent> events = List.of();

    ApiEvidence(BctrlClient client, String runId, UnaryOperator<String> redaction, Bundle bundle, Duration limit) {
        this.client = client;
        this.runId = runId;
        this.redaction = redaction;
        this.bundle = bundle;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** {@return the events read so far} */
    List<RunEvent> events() {
        return events;
    }

    void collect() {
        keep(Kind.EVENTS, this::readEvents);
        keep(Kind.COMMANDS, this::readCommands);
        keep(Kind.ARTIFACT, this::readArtifacts);
    }

    private void keep(Kind kind, Callable<?> step) {
        try {
            step.call();
        } catch (Exception failure) {
            bundle.missing(kind, redaction.apply(FailureText.firstLine(failure)));
        }
    }

    private List<RunEvent> readEvents() throws IOException {
        EventQuery query = EventQuery.builder().limit(PAGE_SIZE).build();
        List<RunEvent> all = limited(
                Kind.EVENTS, client.runs().events(runId, query, options()).all());
        events = all;
        bundle.text(Kind.EVENTS, "events.json", redaction.apply(RecordJson.lines(all)));
        return all;
    }

    private List<RunCommand> readCommands() throws IOException {
        CommandQuery query = CommandQuery.builder().limit(PAGE_SIZE).build();
        List<RunCommand> all = limited(
                Kind.COMMANDS, client.runs().commands(runId, query, options()).all());
        bundle.text(Kind.COMMANDS, "commands.json", redaction.apply(RecordJson.lines(all)));
        return all;
    }

    private List<RunArtifact> readArtifacts() {
        ArtifactQuery query = ArtifactQuery.builder().limit(PAGE_SIZE).build();
        List<RunArtifact> all = limited(
                Kind.ARTIFACT, client.runs().artifacts(runId, query, options()).all());
        for (int i = 0; i < all.size(); i++) {
            if (i >= MOST_ARTIFACTS) {
                bundle.missing(Kind.ARTIFACT, "only " + MOST_ARTIFACTS + " of " + all.size() + " files were fetched");
                break;
            }
            readArtifact(i + 1, all.get(i));
        }
        if (all.isEmpty()) {
            bundle.missing(Kind.ARTIFACT, "the run has none");
        }
        return all;
    }

    private void readArtifact(int number, RunArtifact artifact) {
        String name = "artifact-" + number + "-" + SafeName.of(artifact.name());
        if (artifact.sizeBytes() > LARGEST_ARTIFACT) {
            bundle.missing(Kind.ARTIFACT, name + " has " + artifact.sizeBytes() + " bytes, which is too much");
            return;
        }
        options();
        try (InputStream content = client.artifacts().open(artifact)) {
            bundle.copy(Kind.ARTIFACT, name, artifact.contentType(), artifact.kind(), content);
        } catch (BctrlException | IOException failure) {
            bundle.missing(Kind.ARTIFACT, name + ": " + redaction.apply(FailureText.firstLine(failure)));
        }
    }

    private <T> List<T> limited(Kind kind, Iterable<T> all) {
        List<T> rows = new ArrayList<>();
        for (T row : all) {
            if (rows.size() == MOST_ROWS) {
                bundle.missing(kind, "only the first " + MOST_ROWS + " were read");
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private RequestOptions options() {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            throw new BctrlException("the time for collecting evidence is over");
        }
        return RequestOptions.none().withTimeout(left);
    }
}
