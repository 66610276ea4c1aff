package ai.bctrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.bctrl.error.AuthenticationException;
import ai.bctrl.error.BadRequestException;
import ai.bctrl.error.ConflictException;
import ai.bctrl.error.NotFoundException;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.ConnectionStatus;
import ai.bctrl.model.CreateConnectionRequest;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.CreateSpaceRequest;
import ai.bctrl.model.CreatedConnection;
import ai.bctrl.model.EventQuery;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunEvent;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RunStatus;
import ai.bctrl.model.RuntimeConnection;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import ai.bctrl.model.UpdateSpaceRequest;
import ai.bctrl.model.WaitForEventRequest;
import ai.bctrl.model.WaitedEvent;
import ai.bctrl.model.Whoami;
import ai.bctrl.runtime.ApiRuntimeProvider;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the client and any service behind it owe each other. The same assertions run against recorded answers, against the
 * local control plane and, when asked for, against the hosted service.
 */
public abstract class ClientContract {
    /** For the services. */
    protected ClientContract() {}

    /** The service under test, with a valid key. */
    protected abstract BctrlClient client();

    /** The same service with a key that it does not know. */
    protected abstract BctrlClient strangerToTheService();

    @Test
    void aRuntimeLivesFromCreationToStop() {
        Space space = client().spaces().create(CreateSpaceRequest.named("contract: runtime"));
        try {
            BrowserRuntime runtime = client().runtimes()
                    .create(
                            space.id(),
                            CreateRuntimeRequest.browser().name("crm").build());
            assertThat(runtime.status()).isEqualTo(RuntimeStatus.ACTIVE);
            assertThat(runtime.name()).isEqualTo("crm");
            String runId = runtime.activeRunId();
            assertThat(runId).isNotNull();
            assertThat(client().runtimes().get(space.id(), runtime.id()).id()).isEqualTo(runtime.id());
            assertThat(client().runtimes().list(space.id()))
                    .extracting(BrowserRuntime::id)
                    .containsExactly(runtime.id());
            assertThat(client().runs().get(runId).status()).isEqualTo(RunStatus.ACTIVE);

            BrowserRuntime stopped = client().runtimes().stop(space.id(), runtime.id());

            assertThat(stopped.status()).isEqualTo(RuntimeStatus.STOPPED);
            assertThat(stopped.activeRunId()).isNull();
            assertThat(client().runtimes().stop(space.id(), runtime.id()).status())
                    .as("stopping twice does no harm")
                    .isEqualTo(RuntimeStatus.STOPPED);
            assertThat(client().runs().get(runId).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(client().runs()
                            .list(RunQuery.builder().runtimeId(runtime.id()).build())
                            .items())
                    .extracting(Run::id)
                    .containsExactly(runId);
        } finally {
            client().spaces().delete(space.id());
        }
    }

    @Test
    void aConnectionIsALeaseWhoseAddressIsShownOnce() {
        Space space = client().spaces().create(CreateSpaceRequest.named("contract: connection"));
        try {
            BrowserRuntime runtime = client().runtimes()
                    .create(space.id(), CreateRuntimeRequest.browser().build());
            CreatedConnection lease =
                    client().connections().create(space.id(), runtime.id(), CreateConnectionRequest.cdp(60));
            assertThat(lease.endpoint().url()).startsWith("ws");
            assertThat(lease.status()).isEqualTo(ConnectionStatus.ACTIVE);
            assertThat(lease.runId()).isEqualTo(runtime.activeRunId());

            assertThatThrownBy(() ->
                            client().connections().create(space.id(), runtime.id(), CreateConnectionRequest.cdp(60)))
                    .isInstanceOfSatisfying(
                            ConflictException.class,
                            busy -> assertThat(busy.code()).isEqualTo("runtime.controller_busy"));
            assertThat(client().connections().list(space.id(), runtime.id()))
                    .singleElement()
                    .satisfies(listed -> {
                        assertThat(listed.id()).isEqualTo(lease.id());
                        assertThat(listed.extra().has("endpoint")).isFalse();
                    });

            RuntimeConnection revoked = client().connections().revoke(space.id(), runtime.id(), lease.id());
            assertThat(revoked.status()).isEqualTo(ConnectionStatus.REVOKED);
            assertThat(revoked.revokedAt()).isNotNull();
            assertThat(client().connections()
                            .revoke(space.id(), runtime.id(), lease.id())
                            .revokedAt())
                    .as("revoking twice does no harm")
                    .isEqualTo(revoked.revokedAt());
            assertThat(client().connections()
                            .create(space.id(), runtime.id(), CreateConnectionRequest.cdp(7200))
                            .id())
                    .as("a revoked lease frees the runtime")
                    .isNotEqualTo(lease.id());
        } finally {
            client().spaces().delete(space.id());
        }
    }

    @Test
    void aRunRecordsWhatHappenedInOrderAndInPages() {
        Space space = client().spaces().create(CreateSpaceRequest.named("contract: run"));
        try {
            BrowserRuntime runtime = client().runtimes()
                    .create(space.id(), CreateRuntimeRequest.browser().build());
            String runId = runtime.activeRunId();
            assertThat(runId).isNotNull();
            WaitedEvent first = client().runs()
                    .waitForEvent(
                            runId,
                            WaitForEventRequest.builder().timeoutMs(5_000).build());
            assertThat(first.timedOut()).isFalse();
            client().runtimes().stop(space.id(), runtime.id());

            List<String> inOnePage = client()
                    .runs()
                    .events(runId, EventQuery.builder().build())
                    .stream()
                    .map(RunEvent::type)
                    .toList();
            List<String> oneByOne = client()
                    .runs()
                    .events(runId, EventQuery.builder().limit(1).build())
                    .stream()
                    .map(RunEvent::type)
                    .toList();

            assertThat(inOnePage).hasSizeGreaterThanOrEqualTo(2);
            assertThat(oneByOne).isEqualTo(inOnePage);
            assertThat(client().runs()
                            .events(
                                    runId,
                                    EventQuery.builder()
                                            .type(List.of(inOnePage.get(0)))
                                            .build())
                            .items())
                    .extracting(RunEvent::type)
                    .containsOnly(inOnePage.get(0));
            assertThat(client().runs()
                            .waitForEvent(
                                    runId,
                                    WaitForEventRequest.builder()
                                            .type(List.of("never.happens"))
                                            .timeoutMs(1)
                                            .build())
                            .timedOut())
                    .isTrue();
        } finally {
            client().spaces().delete(space.id());
        }
    }

    @Test
    void aSpaceIsCreatedChangedListedAndDeleted() {
        Space space = client().spaces().create(CreateSpaceRequest.named("contract: space"));

        assertThat(client().spaces()
                        .update(
                                space.id(),
                                UpdateSpaceRequest.builder().name("renamed").build())
                        .name())
                .isEqualTo("renamed");
        assertThat(client().spaces().get(space.id()).name()).isEqualTo("renamed");
        assertThat(client().spaces().list()).extracting(Space::id).contains(space.id());
        client().spaces().delete(space.id());
        assertThatThrownBy(() -> client().spaces().get(space.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theProviderHandsOutABrowserAndTakesItBack() {
        Space space = client().spaces().create(CreateSpaceRequest.named("contract: provider"));
        try {
            RuntimeLease lease = ApiRuntimeProvider.inSpace(client(), space.id())
                    .acquire(RuntimeSpec.builder()
                            .metadata("test", "contract")
                            .connectionTtl(Duration.ofMinutes(2))
                            .build());
            assertThat(lease.cdpUrl()).startsWith("ws");
            assertThat(lease.ending()).isNull();

            lease.close();

            assertThat(client().runtimes().get(space.id(), lease.runtimeId()).status())
                    .isEqualTo(RuntimeStatus.STOPPED);
        } finally {
            client().spaces().delete(space.id());
        }
    }

    @Test
    void aKeyKnowsWhoItBelongsTo() {
        Whoami owner = client().auth().whoami();

        assertThat(owner.keyId()).isNotBlank();
        assertThat(owner.scope()).isIn("organization", "subaccount");
    }

    @Test
    void refusalsHaveACodeAndARequestId() {
        assertThatThrownBy(() -> client().runs().get("0b4b9c5e-6b1e-4a34-9d3b-2f0d1c5a7e11"))
                .isInstanceOfSatisfying(NotFoundException.class, refused -> {
                    assertThat(refused.code()).contains(".");
                    assertThat(refused.requestId()).isNotBlank();
                });
        assertThatThrownBy(() -> client().spaces()
                        .create(CreateSpaceRequest.builder().name("").build()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void aKeyThatTheServiceDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> strangerToTheService().spaces().list()).isInstanceOf(AuthenticationException.class);
    }
}
