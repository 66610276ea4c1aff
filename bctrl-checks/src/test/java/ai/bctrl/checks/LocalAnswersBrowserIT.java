package ai.bctrl.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.BctrlClient;
import ai.bctrl.BrowserRemains;
import ai.bctrl.EventStream;
import ai.bctrl.error.BctrlApiException;
import ai.bctrl.error.ConflictException;
import ai.bctrl.internal.json.Json;
import ai.bctrl.local.LocalBctrl;
import ai.bctrl.local.LocalOptions;
import ai.bctrl.model.ActivityQuery;
import ai.bctrl.model.AgentContextQuery;
import ai.bctrl.model.ArtifactQuery;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.CollectFileRequest;
import ai.bctrl.model.CollectedArtifact;
import ai.bctrl.model.CollectedFile;
import ai.bctrl.model.CommandQuery;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.CreateRecordingViewRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.FileQuery;
import ai.bctrl.model.Fingerprint;
import ai.bctrl.model.FingerprintLocale;
import ai.bctrl.model.HoldRunRequest;
import ai.bctrl.model.NewRunEvent;
import ai.bctrl.model.OwnerHeartbeatRequest;
import ai.bctrl.model.RunArtifact;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RuntimeConfig;
import ai.bctrl.model.Space;
import ai.bctrl.model.SpaceMounts;
import ai.bctrl.model.StageFileRequest;
import ai.bctrl.model.StagedFile;
import ai.bctrl.model.StorageFile;
import ai.bctrl.model.UpdateSpaceRequest;
import ai.bctrl.model.UploadFileRequest;
import ai.bctrl.model.WaitForEventRequest;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every route of the client against the local control plane; each answer is compared with the OpenAPI file. */
class LocalAnswersBrowserIT {
    private static final String NOBODY = "0b4b9c5e-6b1e-4a34-9d3b-2f0d1c5a7e11";

    @Test
    void everyRouteAnswersAsTheContractSays() throws IOException {
        try (LocalBctrl local = LocalBctrl.start(LocalOptions.builder()
                        .isolation(BrowserRemains.isolation())
                        .build());
                RecordingGateway gateway = new RecordingGateway(local.baseUrl());
                BctrlClient client = BctrlClient.builder()
                        .apiKey(local.apiKey())
                        .baseUrl(gateway.baseUrl())
                        .maxRetries(0)
                        .build()) {
            callEveryRoute(client);

            assertThat(gateway.problems()).isEmpty();
            Set<String> expected = new TreeSet<>(Contract.spaces().routes(ApiRoutesTest.TAGS));
            expected.add(ApiRoutesTest.WHOAMI);
            assertThat(gateway.called()).isEqualTo(expected);
        }
    }

    private static void callEveryRoute(BctrlClient client) {
        client.auth().whoami();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("team", "checkout");
        Space space = client.spaces()
                .create(CreateSpaceRequest.builder()
                        .name("all routes")
                        .region("us-east")
                        .mounts(new SpaceMounts(new SpaceMounts.StorageMount("shared"), null, null))
                        .metadata(metadata)
                        .build());
        assertThat(space.metadata()).isEqualTo(metadata);
        client.spaces().list();
        client.spaces().get(space.id());
        client.spaces()
                .update(
                        space.id(),
                        UpdateSpaceRequest.builder().mounts(SpaceMounts.none()).build());
        BrowserRuntime runtime = client.runtimes()
                .create(
                        space.id(),
                        CreateRuntimeRequest.browser()
                                .name("all")
                                .profile("all-routes")
                                .metadata(metadata)
                                .config(RuntimeConfig.builder()
                                        .fingerprint(new Fingerprint(null, FingerprintLocale.DE_DE))
                                        .build())
                                .build());
        String runId = runtime.activeRunId();
        assertThat(runId).isNotNull();
        client.spaces()
                .agentContext(
                        space.id(),
                        AgentContextQuery.builder().runtimeId(runtime.id()).build());
        client.owners().heartbeat("all-routes", new OwnerHeartbeatRequest(20));
        client.owners().leave("all-routes");
        client.runtimes().list(space.id());
        client.runtimes().get(space.id(), runtime.id());
        CreatedConnection lease =
                client.connections().create(space.id(), runtime.id(), CreateConnectionRequest.cdp(600));
        client.connections().list(space.id(), runtime.id());
        client.connections().revoke(space.id(), runtime.id(), lease.id());
        client.runs().list(RunQuery.builder().spaceId(space.id()).limit(1).build());
        client.runs().get(runId);
        client.runs().events(runId, EventQuery.builder().build());
        client.runs()
                .waitForEvent(
                        runId, WaitForEventRequest.builder().timeoutMs(1000).build());
        client.runs()
                .waitForEvent(
                        runId,
                        WaitForEventRequest.builder()
                                .type(List.of("never"))
                                .timeoutMs(0)
                                .build());
        client.runs().addEvents(runId, List.of(NewRunEvent.of("test.step.started", metadata)));
        client.artifacts().add(runId, "report", "r.txt", "text/plain", stream("a report"));
        files(client, space.id(), runtime.id());
        client.runs().commands(runId, CommandQuery.builder().build());
        client.runs().activity(runId, ActivityQuery.builder().build());
        client.runs().artifacts(runId, ArtifactQuery.builder().build());
        client.artifacts().list(space.id(), ArtifactQuery.builder().build());
        client.runs().live(runId, CreateLiveViewRequest.builder().build());
        client.runs().revokeLive(runId);
        client.runs().hold(runId, new HoldRunRequest(60, "look"));
        client.runs().held(runId);
        client.runs().release(runId);
        assertThatThrownBy(() -> client.runs().exportRecording(runId)).isInstanceOf(ConflictException.class);
        client.runs().recording(runId, CreateRecordingViewRequest.builder().build());
        refusals(client, space.id(), runtime.id());
        client.runtimes().stop(space.id(), runtime.id());
        client.runtimes().get(space.id(), runtime.id());
        client.connections().list(space.id(), runtime.id());
        client.runs().get(runId);
        try (EventStream events =
                client.runs().stream(runId, EventQuery.builder().build())) {
            while (events.hasNext()) {
                assertThat(Contract.spaces().problems("RunEvent", Json.write(events.next())))
                        .isEmpty();
            }
            assertThat(events.end())
                    .satisfies(end -> assertThat(Contract.spaces().problems("RunEnded", Json.write(end)))
                            .isEmpty());
        }
        client.spaces().delete(space.id());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void files(BctrlClient client, String space, String runtime) {
        StorageFile file = client.files()
                .upload(space, UploadFileRequest.builder().path("in/notes.txt").build(), stream("notes"));
        client.files().list(space, FileQuery.builder().prefix("in/").build());
        client.files().get(space, file.id());
        StagedFile staged = client.files()
                .stage(
                        space,
                        runtime,
                        StageFileRequest.builder().fileId(file.id()).build());
        CollectedFile collected = client.files()
                .collect(
                        space,
                        runtime,
                        CollectFileRequest.builder()
                                .path(staged.path())
                                .artifact(new CollectedArtifact("file", "notes.txt"))
                                .build());
        try (InputStream content = client.files().open(space, collected.file().id())) {
            assertThat(content).hasContent("notes");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        client.files().delete(space, file.id());
    }

    @Test
    void everyArtifactAndEventThatIsListedCanBeFetched() throws IOException {
        Contract contract = Contract.spaces();
        try (LocalBctrl local = LocalBctrl.start(LocalOptions.builder()
                        .isolation(BrowserRemains.isolation())
                        .build());
                BctrlClient client = BctrlClient.builder()
                        .apiKey(local.apiKey())
                        .baseUrl(local.baseUrl())
                        .build()) {
            Space space = client.spaces().create(CreateSpaceRequest.named("all that is listed"));
            BrowserRuntime runtime = client.runtimes()
                    .create(space.id(), CreateRuntimeRequest.browser().build());
            String run = Objects.requireNonNull(runtime.activeRunId());
            for (String kind : List.of("screenshot", "trace", "report")) {
                client.artifacts().add(run, kind, kind + ".bin", "application/octet-stream", stream("a " + kind));
            }
            client.runtimes().stop(space.id(), runtime.id());
            List<RunArtifact> artifacts =
                    client
                            .runs()
                            .artifacts(run, ArtifactQuery.builder().limit(2).build())
                            .stream()
                            .toList();
            assertThat(artifacts).hasSizeGreaterThanOrEqualTo(3);
            for (RunArtifact artifact : artifacts) {
                assertThat(contract.problems("RunArtifact", Json.write(artifact)))
                        .isEmpty();
                try (InputStream content = client.artifacts().open(artifact);
                        InputStream part = client.artifacts().open(artifact, 0, 2)) {
                    byte[] bytes = content.readAllBytes();
                    assertThat(bytes).hasSize(artifact.sizeBytes().intValue());
                    assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOf(bytes, 2));
                }
                assertThat(contract.problems(
                                "StorageFile", Json.write(client.files().get(space.id(), artifact.fileId()))))
                        .isEmpty();
            }
            List<RunEvent> events = client
                    .runs()
                    .events(run, EventQuery.builder().limit(3).build())
                    .stream()
                    .toList();
            List<RunEvent> streamed = new ArrayList<>();
            try (EventStream stream =
                    client.runs().stream(run, EventQuery.builder().build())) {
                stream.forEachRemaining(streamed::add);
            }
            assertThat(streamed).isEqualTo(events).hasSizeGreaterThan(5);
            assertThat(events)
                    .allSatisfy(event -> assertThat(contract.problems("RunEvent", Json.write(event)))
                            .isEmpty());
        }
    }

    private static void refusals(BctrlClient client, String spaceId, String runtimeId) {
        List<Supplier<?>> unknown = List.of(
                () -> client.spaces().get(NOBODY),
                () -> client.spaces().delete(NOBODY),
                () -> client.spaces()
                        .agentContext(NOBODY, AgentContextQuery.builder().build()),
                () -> client.runtimes().list(NOBODY),
                () -> client.runtimes().get(spaceId, NOBODY),
                () -> client.runtimes().get(NOBODY, runtimeId),
                () -> client.runtimes().stop(spaceId, NOBODY),
                () -> client.connections().list(spaceId, NOBODY),
                () -> client.connections().revoke(spaceId, runtimeId, NOBODY),
                () -> client.runs().get(NOBODY),
                () -> client.runs().events(NOBODY, EventQuery.builder().build()),
                () -> client.runs().commands(NOBODY, CommandQuery.builder().build()),
                () -> client.runs().activity(NOBODY, ActivityQuery.builder().build()),
                () -> client.runs().artifacts(NOBODY, ArtifactQuery.builder().build()),
                () -> client.artifacts().list(NOBODY, ArtifactQuery.builder().build()),
                () -> client.runs().live(NOBODY, CreateLiveViewRequest.builder().build()),
                () -> client.runs()
                        .recording(NOBODY, CreateRecordingViewRequest.builder().build()));
        assertThat(unknown)
                .allSatisfy(call -> assertThatThrownBy(call::get)
                        .isInstanceOfSatisfying(
                                BctrlApiException.class,
                                refused -> assertThat(refused.status()).isEqualTo(404)));
    }
}
