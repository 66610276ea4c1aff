package ai.bctrl.junit.internal.evidence;

import ai.bctrl.BctrlClient;
import ai.bctrl.RequestOptions;
import ai.bctrl.error.BctrlException;
import ai.bctrl.junit.evidence.EvidenceKind;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.CommandQuery;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunCommand;
import ai.bctrl.model.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Reads what the service recorded of the run; runs on a thread of its own. */
final class ApiEvidence {
    private static final int PAGE_SIZE = 200;
    private static final int MOST_ROWS = 5000;
    private static final int MOST_ARTIFACTS = 50;

    /** Kinds of artifacts that are kinds of evidence of their own. */
    private static final Set<String> ELSEWHERE = Set.of("download", "recording");

    private static final long LARGEST_ARTIFACT = 50L * 1024 * 1024;

    private final BctrlClient client;
    private final String runId;
    private final UnaryOperator<String> redaction;
    private final Path temporary;
    private final Bundle bundle;
    private final Consumer<Evidence> captured;
    private final long deadline;

    ApiEvidence(
            BctrlClient client,
            String runId,
            UnaryOperator<String> redaction,
            Path temporary,
            Bundle bundle,
            Consumer<Evidence> captured,
            Duration limit) {
        this.client = client;
        this.runId = runId;
        this.redaction = redaction;
        this.temporary = temporary;
        this.bundle = bundle;
        this.captured = captured;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    void collect() {
        keep(EvidenceKind.EVENTS, this::readEvents);
        keep(EvidenceKind.COMMANDS, this::readCommands);
        keep(EvidenceKind.ARTIFACT, this::readArtifacts);
        keep(EvidenceKind.RECORDING, this::readRecording);
    }

    private void keep(EvidenceKind kind, Callable<?> step) {
        if (!bundle.wants(kind)) {
            return;
        }
        try {
            step.call();
        } catch (Exception | VirtualMachineError failure) {
            bundle.missing(kind, redaction.apply(FailureText.firstLine(failure)));
        }
    }

    private List<RunEvent> readEvents() {
        EventQuery query = EventQuery.builder().limit(PAGE_SIZE).build();
        return records(
                EvidenceKind.EVENTS,
                client.runs().events(runId, query, options()).all());
    }

    private List<RunCommand> readCommands() {
        CommandQuery query = CommandQuery.builder().limit(PAGE_SIZE).build();
        return records(
                EvidenceKind.COMMANDS,
                client.runs().commands(runId, query, options()).all());
    }

    private <T> List<T> records(EvidenceKind kind, Iterable<T> found) {
        List<T> all = limited(kind, found);
        captured.accept(new Evidence(
                kind,
                kind.label() + ".json",
                "application/json",
                Instant.now(),
                null,
                secrets -> redaction.apply(RecordJson.lines(all, secrets)).getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    private List<RunArtifact> readArtifacts() {
        ArtifactQuery query = ArtifactQuery.builder().limit(PAGE_SIZE).build();
        List<RunArtifact> all = limited(
                EvidenceKind.ARTIFACT,
                client.runs().artifacts(runId, query, options()).all());
        all.removeIf(artifact -> ELSEWHERE.contains(artifact.kind()));
        for (int i = 0; i < all.size(); i++) {
            if (i >= MOST_ARTIFACTS) {
                bundle.missing(
                        EvidenceKind.ARTIFACT, "only " + MOST_ARTIFACTS + " of " + all.size() + " files were fetched");
                break;
            }
            readArtifact(i + 1, all.get(i));
        }
        if (all.isEmpty()) {
            bundle.missing(EvidenceKind.ARTIFACT, "the run has none");
        }
        return all;
    }

    private Evidence readRecording() throws IOException {
        Evidence video = new RecordingEvidence(client, runId, temporary, this::options).fetch();
        captured.accept(video);
        return video;
    }

    private void readArtifact(int number, RunArtifact artifact) {
        String name = "artifact-" + number + "-" + SafeName.of(artifact.name());
        if (artifact.sizeBytes() > LARGEST_ARTIFACT) {
            bundle.missing(
                    EvidenceKind.ARTIFACT,
                    name + " has " + artifact.sizeBytes() + " bytes, more than " + LARGEST_ARTIFACT);
            return;
        }
        options();
        Path file = temporary.resolve(name);
        try (InputStream content = client.artifacts().open(artifact)) {
            Files.copy(content, file);
            captured.accept(Evidence.file(EvidenceKind.ARTIFACT, name, artifact.contentType(), artifact.kind(), file));
        } catch (BctrlException | IOException failure) {
            bundle.missing(EvidenceKind.ARTIFACT, name + ": " + redaction.apply(FailureText.firstLine(failure)));
        }
    }

    private <T> List<T> limited(EvidenceKind kind, Iterable<T> all) {
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
