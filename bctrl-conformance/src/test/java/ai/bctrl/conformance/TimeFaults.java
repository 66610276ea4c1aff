package ai.bctrl.conformance;

import ai.bctrl.local.ClockedControlPlane;
import ai.bctrl.playwright.BctrlPlaywright;
import ai.bctrl.playwright.SessionOptions;
import ai.bctrl.runtime.CdpUrlRuntimeProvider;
import ai.bctrl.runtime.RuntimeLease;
import ai.bctrl.runtime.RuntimeSpec;
import java.time.Duration;
import java.util.List;

/** What time may do to a test. */
final class TimeFaults {
    private TimeFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("the lease ends in the middle of the test", "-", "-", 30, scene -> {
                    try (ClockedControlPlane clocked = new ClockedControlPlane()) {
                        FaultPoint.during(() -> clocked.jump(Duration.ofHours(3)));
                        return on(clocked, scene).inOwnSession(FaultPoint.GoesOn.class);
                    }
                }),
                new Fault(
                        "the lease ends, and the test attaches anew with it",
                        "BrowserRefusedException",
                        "connection lost",
                        "The lease expired at",
                        30,
                        scene -> {
                            try (ClockedControlPlane clocked = new ClockedControlPlane()) {
                                FaultPoint.during(() -> clocked.jump(Duration.ofHours(3)));
                                FaultPoint.atTheEnd(TimeFaults::attachAnew);
                                return on(clocked, scene).inOwnSession(FaultPoint.GoesOn.class);
                            }
                        }),
                jump("the control plane's clock jumps 2 days ahead", Duration.ofDays(2)),
                jump("the control plane's clock jumps 2 days back", Duration.ofDays(-2)));
    }

    /** The test goes on, and so does the next one. */
    private static Fault jump(String name, Duration by) {
        return new Fault(name, "-", "-", 30, scene -> {
            try (ClockedControlPlane clocked = new ClockedControlPlane()) {
                FaultPoint.during(() -> clocked.jump(by));
                Ended ended = on(clocked, scene).inOwnSession(FaultPoint.GoesOn.class);
                var unused =
                        on(clocked, scene).inOwnSession(FaultPoint.Opens.class).passed(1);
                return ended;
            }
        });
    }

    private static KitRun on(ClockedControlPlane clocked, Scene scene) {
        return scene.run().with("bctrl.baseUrl", clocked.baseUrl()).with("bctrl.apiKey", clocked.apiKey());
    }

    private static void attachAnew(RuntimeLease lease) {
        FaultPoint.during(() -> {});
        try (BctrlPlaywright another = BctrlPlaywright.create(new CdpUrlRuntimeProvider(lease.cdpUrl()))) {
            another.open(RuntimeSpec.defaults(), SessionOptions.builder().build())
                    .close();
        }
    }
}
