package ai.bctrl.conformance;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import ai.bctrl.runtime.EmbeddedControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** A control plane that tests use as a remote one, and that the kit looks into. Thread-safe. */
final class ObservedControlPlane implements AutoCloseable {
    private final EmbeddedControlPlane.Running running = ServiceLoader.load(EmbeddedControlPlane.class)
            .findFirst()
            .orElseThrow()
            .start(Map.of());
    private final BctrlClient client = BctrlClient.builder()
            .apiKey(running.apiKey())
            .baseUrl(running.baseUrl())
            .build();

    String apiKey() {
        return running.apiKey();
    }

    String baseUrl() {
        return running.baseUrl();
    }

    /** {@return the ids of the runtimes that are active} */
    List<String> active() {
        List<String> active = new ArrayList<>();
        for (Space space : client.spaces().list()) {
            client.runtimes().list(space.id()).stream()
                    .filter(runtime -> runtime.status() == RuntimeStatus.ACTIVE)
                    .map(BrowserRuntime::id)
                    .forEach(active::add);
        }
        return active;
    }

    /** {@return the id of the run that began last, or nothing before the first} */
    String newestRun() {
        return client.runs().list(RunQuery.builder().limit(1).build()).stream()
                .findFirst()
                .map(run -> run.id())
                .orElse("");
    }

    @Override
    public void close() {
        client.close();
        running.close();
    }
}
