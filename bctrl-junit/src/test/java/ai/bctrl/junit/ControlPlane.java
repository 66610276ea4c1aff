package ai.bctrl.junit;

import ai.bctrl.BctrlClient;
import ai.bctrl.model.BrowserRuntime;
import ai.bctrl.model.Run;
import ai.bctrl.model.RunQuery;
import ai.bctrl.model.RuntimeStatus;
import ai.bctrl.model.Space;
import ai.bctrl.runtime.EmbeddedControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** A control plane for tests, with a view on what it did. */
final class ControlPlane implements AutoCloseable {
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

    BctrlClient client() {
        return client;
    }

    List<BrowserRuntime> runtimes() {
        List<BrowserRuntime> all = new ArrayList<>();
        for (Space space : client.spaces().list()) {
            all.addAll(client.runtimes().list(space.id()));
        }
        return all;
    }

    List<BrowserRuntime> activeRuntimes() {
        return runtimes().stream()
                .filter(runtime -> runtime.status() == RuntimeStatus.ACTIVE)
                .toList();
    }

    List<Run> runs() {
        return client.runs().list(RunQuery.builder().limit(200).build()).stream()
                .toList();
    }

    @Override
    public void close() {
        client.close();
        running.close();
    }
}
