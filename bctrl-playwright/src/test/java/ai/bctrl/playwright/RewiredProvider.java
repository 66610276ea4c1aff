package ai.bctrl.playwright;

import ai.bctrl.model.CreateLiveViewRequest;
import ai.bctrl.model.LiveView;
import ai.bctrl.network.Network;
import ai.bctrl.runtime.PhaseTimes;
import ai.bctrl.runtime.RuntimeEnding;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeProvider;
import ai.bctrl.runtime.RuntimeSpec;
import org.jspecify.annotations.Nullable;

/** Hands out another provider's browsers by another way. */
record RewiredProvider(RuntimeProvider provider, Network network) implements RuntimeProvider {
    @Override
    public RuntimeLease acquire(RuntimeSpec spec) {
        return new Rewired(provider.acquire(spec), network);
    }

    private record Rewired(RuntimeLease lease, Network network) implements RuntimeLease {
        @Override
        public String runtimeId() {
            return lease.runtimeId();
        }

        @Override
        public @Nullable String runId() {
            return lease.runId();
        }

        @Override
        public PhaseTimes phases() {
            return lease.phases();
        }

        @Override
        public @Nullable RuntimeEnding ending() {
            return lease.ending();
        }

        @Override
        public LiveView liveView(CreateLiveViewRequest request) {
            return lease.liveView(request);
        }

        @Override
        public String cdpUrl() {
            return lease.cdpUrl();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
