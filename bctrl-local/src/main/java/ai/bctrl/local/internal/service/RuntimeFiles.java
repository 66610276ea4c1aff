package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.store.Database;
import ai.bctrl.local.internal.store.RunStore;
import ai.bctrl.local.internal.store.StoredRuntime;
import ai.bctrl.model.CollectFileRequest;
import ai.bctrl.model.CollectedArtifact;
import ai.bctrl.model.CollectedFile;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.StageFileRequest;
import ai.bctrl.model.StagedFile;
import ai.bctrl.model.StorageFile;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Files on the way into a browser and out of it. Each runtime has a directory on this machine, {@code <root>/<runtime>}, from
 * the begin of its run to the end. Thread-safe; {@link #stage} and {@link #collect} wait for the disk.
 */
public final class RuntimeFiles implements RunWatcher {

    private final Path root;
    private final RuntimeLookup lookup;
    private final RunStore runs;
    private final StoredFiles files;
    private final Artifacts artifacts;
    private final Workers workers;
    private final Map<String, Set<Path>> downloaded = new ConcurrentHashMap<>();

    /**
     * Creates the files of all runtimes.
     *
     * @param root where the directories of the runtimes are made; goes with the process
     */
    public RuntimeFiles(Path root, Database database, StoredFiles files, Artifacts artifacts, Workers workers) {
        this.root = root;
        this.lookup = new RuntimeLookup(database);
        this.runs = new RunStore(database);
        this.files = files;
        this.artifacts = artifacts;
        this.workers = workers;
    }

    /** {@return the directory of a runtime; it is there while the runtime is active} */
    public Path directory(String runtimeId) {
        return root.resolve(runtimeId);
    }

    /** Lets a file be collected that the browser downloaded to a place of the controller's choice. */
    public void downloaded(String runtimeId, Path file) {
        downloaded
                .computeIfAbsent(runtimeId, id -> ConcurrentHashMap.newKeySet())
                .add(file.toAbsolutePath().normalize());
    }

    @Override
    public void started(LiveBrowser browser) {
        try {
            // A controller of another machine has its downloads written here.
            Files.createDirectories(directory(browser.runtimeId()).resolve("downloads"));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException("no directory for the files of a runtime", failed);
        }
    }

    @Override
    public void ending(LiveBrowser browser) {}

    @Override
    public void ended(LiveBrowser browser) {
        downloaded.remove(browser.runtimeId());
        try {
            workers.quick().execute(() -> FileContents.removeTree(directory(browser.runtimeId())));
        } catch (RejectedExecutionException closing) {
            // The root goes with the engine.
        }
    }

    /**
     * Copies a storage file to where the browser can read it.
     *
     * @return the path of the copy, which goes with the runtime
     * @throws ApiProblem 404; 400; 409 {@code runtime.not_active}; 507 {@code storage.full}
     */
    public StagedFile stage(String spaceId, String runtimeId, StageFileRequest request) {
        requireActive(spaceId, runtimeId);
        StorageFile file = requested(spaceId, request);
        String name = FileNames.safe(request.name() == null ? file.name() : request.name());
        Path target = directory(runtimeId)
                .resolve("staged")
                .resolve(UUID.randomUUID().toString())
                .resolve(name);
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            copy(files.content(spaceId, file), target);
        } catch (IOException failed) {
            FileContents.removeTree(Objects.requireNonNull(target.getParent()));
            throw new ApiProblem(
                    507, "storage.full", "The file cannot be copied for the browser: " + failed.getMessage(), Map.of());
        }
        return new StagedFile(target.toString(), file.id(), name, file.sizeBytes(), file.contentType(), null);
    }

    /** A link costs nothing, and neither a browser nor the storage ever changes a file in its place. */
    private static void copy(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Files.copy(source, target);
        }
    }

    private StorageFile requested(String spaceId, StageFileRequest request) {
        if ((request.fileId() == null) == (request.path() == null)) {
            throw ApiProblem.invalid("fileId", "Give either fileId or path.");
        } else if (request.fileId() != null) {
            return files.get(spaceId, request.fileId());
        }
        StorageFile found = files.findByPath(spaceId, Objects.requireNonNull(request.path()));
        if (found == null) {
            throw ApiProblem.notFound("file", "");
        }
        return found;
    }

    private StoredRuntime requireActive(String spaceId, String runtimeId) {
        StoredRuntime runtime = lookup.runtime(spaceId, runtimeId);
        if (!runtime.isActive()) {
            throw new ApiProblem(
                    409,
                    "runtime.not_active",
                    "The runtime is " + runtime.status().wireName() + "; its files are gone.",
                    Map.of("runtimeId", runtimeId, "status", runtime.status().wireName()));
        }
        return runtime;
    }

    /**
     * Copies a file that was staged for, or downloaded by, the browser into the storage of the space.
     *
     * @throws ApiProblem 404 also for files of other places; 400; 409 {@code runtime.not_active}; 413; 507
     */
    public CollectedFile collect(String spaceId, String runtimeId, CollectFileRequest request) {
        StoredRuntime runtime = requireActive(spaceId, runtimeId);
        Path source = source(runtimeId, request.path());
        CollectedArtifact wanted = request.artifact();
        String kind = wanted == null || wanted.kind() == null ? "file" : wanted.kind();
        Artifacts.requireKind(kind);
        Run run = Objects.requireNonNull(runs.find(runtime.runId()));
        String name = FileNames.safe(
                request.name() != null
                        ? request.name()
                        : FileNames.last(request.storagePath() == null ? request.path() : request.storagePath()));
        NewFile file = new NewFile(
                name,
                request.storagePath() == null ? "runs/" + run.id() + "/files/" + name : request.storagePath(),
                request.contentType(),
                request.metadata());
        RunArtifact[] artifact = new RunArtifact[1];
        StorageFile stored = files.add(spaceId, file, StoredFiles.Source.of(source), added -> {
            if (wanted != null) {
                String shown = wanted.name() == null ? name : FileNames.safe(wanted.name());
                artifact[0] = artifacts.link(run, kind, shown, added, new JsonObject());
            }
        });
        return new CollectedFile(stored, artifact[0]);
    }

    /** The file itself, past all links: a link must not lead out of the directory. */
    private Path source(String runtimeId, String path) {
        try {
            Path asked = Path.of(path);
            Path file = asked.toRealPath();
            boolean ours = file.startsWith(directory(runtimeId).toRealPath())
                    || isDownloaded(downloaded.get(runtimeId), asked, file);
            if (ours && Files.isRegularFile(file)) {
                return file;
            }
        } catch (IOException | InvalidPathException absent) {
            // As for a file of another place: who asks must not learn what there is.
        }
        throw new ApiProblem(
                404,
                "file.not_found",
                "This runtime has no such file; what was staged for it or downloaded by it can be collected.",
                Map.of());
    }

    private static boolean isDownloaded(@Nullable Set<Path> known, Path asked, Path file) {
        // A link in the place of a download would make this control plane read what its owner may read.
        return known != null
                && known.contains(asked.toAbsolutePath().normalize())
                && Objects.equals(asked.getFileName(), file.getFileName())
                && !Files.isSymbolicLink(asked);
    }
}
