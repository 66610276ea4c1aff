package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.ArtifactStore;
import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.NewEvent;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunArtifactList;
import ai.bctrl.model.RuntimeType;
import ai.bctrl.model.StorageFile;
import com.google.gson.JsonObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The durable files that the runs produced. Each rests on a stored file of its space. Thread-safe. */
public final class Artifacts {

    private static final String LIST = "a";
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

    private final ArtifactStore store;
    private final RunStore runs;
    private final RuntimeLookup lookup;
    private final StoredFiles files;
    private final Events events;
    private final InstantSource clock;

    /** Creates the artifacts of a database. */
    public Artifacts(Database database, StoredFiles files, Events events, InstantSource clock) {
        this.store = new ArtifactStore(database);
        this.runs = new RunStore(database);
        this.lookup = new RuntimeLookup(database);
        this.files = files;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Adds an artifact to a run, which may be over. Waits for the content and the disk.
     *
     * @param content is read to its end and not closed
     * @return the artifact, without the address of its content
     * @throws ApiProblem 404; 400 for a kind that is none; 413 {@code file.too_large}; 507 {@code storage.full}; nothing is
     *     left then
     */
    public RunArtifact add(String runId, NewArtifact artifact, InputStream content) {
        return add(runId, artifact, StoredFiles.Source.of(content));
    }

    /** Adds a copy of a file to a run, as {@link #add(String, NewArtifact, InputStream)} does. */
    public RunArtifact add(String runId, NewArtifact artifact, Path content) {
        return add(runId, artifact, StoredFiles.Source.of(content));
    }

    private RunArtifact add(String runId, NewArtifact spec, StoredFiles.Source source) {
        Run run = requireRun(runId);
        String spaceId = Objects.requireNonNull(run.spaceId());
        requireKind(spec.kind());
        String name = FileNames.safe(spec.name());
        NewFile file = new NewFile(name, "runs/" + run.id() + "/" + spec.kind() + "/" + name, spec.contentType(), null);
        RunArtifact[] added = new RunArtifact[1];
        StorageFile unused = files.add(
                spaceId, file, source, stored -> added[0] = link(run, spec.kind(), name, stored, spec.extra()));
        return Objects.requireNonNull(added[0]);
    }

    static void requireKind(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw ApiProblem.invalid(
                    "kind",
                    "kind must have 1 to 64 small letters, digits, '_', '.' or '-' and begin with a letter,"
                            + " such as screenshot.");
        }
    }

    /** Adds an artifact that rests on a file which is there; within a change. */
    RunArtifact link(Run run, String kind, String name, StorageFile file, JsonObject extra) {
        RunArtifact artifact = new RunArtifact(
                UUID.randomUUID().toString(),
                run.id(),
                run.runtimeId(),
                RuntimeType.BROWSER,
                kind,
                name,
                file.id(),
                file.path(),
                file.contentType(),
                file.sizeBytes(),
                Timestamps.now(clock),
                null,
                extra);
        requireRun(run.id());
        store.insert(Objects.requireNonNull(run.spaceId()), artifact);
        JsonObject data = new JsonObject();
        data.addProperty("artifactId", artifact.id());
        data.addProperty("kind", kind);
        data.addProperty("name", name);
        data.addProperty("sizeBytes", artifact.sizeBytes());
        events.append(List.of(new NewEvent(
                run.id(),
                run.runtimeId(),
                "artifact.created",
                "artifact",
                Events.SOURCE,
                null,
                null,
                null,
                data,
                artifact.createdAt())));
        return artifact;
    }

    private Run requireRun(String runId) {
        Run run = runs.find(runId);
        if (run == null) {
            throw ApiProblem.notFound("run", runId);
        }
        return run;
    }

    /**
     * Lists the artifacts of a run, newest first.
     *
     * @param query the filter and the page; its limit, 1 to 200, is set
     * @param address makes the address of the content from a space and a file
     * @throws ApiProblem 404; 400 for a cursor that is none
     */
    public RunArtifactList ofRun(String runId, ArtifactQuery query, BiFunction<String, String, String> address) {
        return list(null, requireRun(runId).id(), query, address);
    }

    /** Lists the artifacts of a space, as {@link #ofRun} does. */
    public RunArtifactList ofSpace(String spaceId, ArtifactQuery query, BiFunction<String, String, String> address) {
        return list(lookup.space(spaceId).id(), null, query, address);
    }

    private RunArtifactList list(
            @Nullable String spaceId,
            @Nullable String runId,
            ArtifactQuery query,
            BiFunction<String, String, String> address) {
        int limit = Objects.requireNonNull(query.limit());
        List<String> kinds = query.kind() == null ? List.of() : query.kind();
        List<ArtifactStore.Numbered> found = store.list(
                new ArtifactStore.Filter(spaceId, runId, query.runtimeId(), kinds),
                Cursors.decode(LIST, query.cursor(), Long.MAX_VALUE),
                limit + 1);
        boolean more = found.size() > limit;
        List<ArtifactStore.Numbered> page = more ? found.subList(0, limit) : found;
        return new RunArtifactList(
                page.stream()
                        .map(one -> addressed(
                                one.artifact(),
                                address.apply(one.spaceId(), one.artifact().fileId())))
                        .toList(),
                more ? Cursors.encode(LIST, page.get(limit - 1).seq()) : null);
    }

    /** {@return the artifact with the address of its content} */
    public static RunArtifact addressed(RunArtifact artifact, String downloadUrl) {
        return new RunArtifact(
                artifact.id(),
                artifact.runId(),
                artifact.runtimeId(),
                artifact.runtimeKind(),
                artifact.kind(),
                artifact.name(),
                artifact.fileId(),
                artifact.path(),
                artifact.contentType(),
                artifact.sizeBytes(),
                artifact.createdAt(),
                downloadUrl,
                artifact.extra());
    }

    /** {@return the artifact, or null if there is none} */
    public @Nullable RunArtifact find(String id) {
        ArtifactStore.Numbered found = store.find(id);
        return found == null ? null : found.artifact();
    }

    /**
     * {@return where the bytes of an artifact lie; nobody may change them}
     *
     * @throws ApiProblem 404 {@code artifact.not_found} if it was deleted
     */
    public Path content(RunArtifact artifact) {
        ArtifactStore.Numbered found = store.find(artifact.id());
        if (found == null) {
            throw ApiProblem.notFound("artifact", artifact.id());
        }
        return files.content(found.spaceId(), found.artifact().fileId());
    }
}
